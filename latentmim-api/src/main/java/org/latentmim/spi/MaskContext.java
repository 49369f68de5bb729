package org.latentmim.spi;

import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;

/** What a {@link MaskSampler} may look at to draw the mask of one image. Valid only during the call. */
public interface MaskContext {

    /** Returns the grid to mask. */
    PatchGrid grid();

    /** Returns the only source of chance, made of (seed, epoch, image): the same image gets the same mask in any process. */
    RandomGenerator random();

    /** Returns how far the training has come, for curricula. */
    Progress progress();
}
