package org.latentmim.spi;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchPixels;

/** What a {@link MaskSampler} may look at to draw the mask of one image. Valid only during the call, on the calling thread. */
public interface MaskContext {

    /** Returns the grid to mask. */
    PatchGrid grid();

    /** Returns the only source of chance, made of (seed, epoch, image): the same image gets the same mask in any process. */
    RandomGenerator random();

    /** Returns how far the training has come, for curricula. */
    Progress progress();

    /**
     * Returns how many patches to show if something around the sampler decides that, such as a curriculum. It then goes before
     * the sampler's own configuration. A sampler whose number follows from its geometry keeps that; what asked for another then
     * fails.
     */
    default OptionalInt visible() {
        return OptionalInt.empty();
    }

    /** Returns the pixels of the image, as augmentation left them. A sampler that never asks costs nothing. */
    PatchPixels pixels();

    /**
     * Returns how much the target encoder's class token looks at each patch when it sees the whole image: the attention of its
     * last block, averaged over the heads; one number from 0 to 1 for each patch. The first of a batch to ask costs a pass of
     * the target encoder without gradient.
     *
     * @throws UnsupportedOperationException if the target has no encoder, or that has no class token; the message says what to do
     */
    float[] attention();
}
