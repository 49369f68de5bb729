package org.latentmim.spi;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The network behind a {@link Representation}, for evaluators that let a copy of it learn. Not thread-safe. */
public interface Network {

    /** Someone who is shown images, a batch at a time. */
    @FunctionalInterface
    interface Viewer {

        /**
         * Looks at a batch. What is made meanwhile is freed after it.
         *
         * @param patches all of each image, in the order of the grid, where the network computes
         * @param images the index of each image in its set
         * @param epoch passes over the images so far, with the fraction of this one
         */
        void see(Patches patches, int[] images, double epoch);
    }

    /** Returns how the middle of an image is shown, in one line. Part of a score's protocol. */
    String protocol();

    /**
     * Returns an encoder with tensors of its own and the weights that the network has now, where it computes. Each call returns
     * the same tensors, with these weights anew.
     */
    Encoder copy();

    /** Moves the tensors of another part of the network, such as a classifier, to where it computes. */
    void place(Parameters parameters);

    /**
     * Returns the last block's tokens in the precision in which the network computes, with a gradient where these are recorded.
     *
     * @param encoder a {@link #copy}
     * @return {@code [B, prefixTokens + L, width]}, of the weights' type, in the caller's scope
     */
    Tensor tokens(Encoder encoder, Patches patches);

    /** Returns the mean of each channel that is taken from pixels between 0 and 1. */
    List<Double> mean();

    /** Returns the deviation of each channel by which the rest is divided. */
    List<Double> deviation();

    /**
     * Shows random views of images, cropped and mirrored as in training: in each epoch others, in another order. What does not
     * fill a batch is left out.
     *
     * @param batch images in a batch, at most all
     * @param seed of the views and their order
     */
    void showRandom(ImageSet images, int batch, int epochs, long seed, Viewer viewer);

    /** Shows the middle of each image once, in the order of the set. */
    void showMiddle(ImageSet images, Viewer viewer);
}
