package org.latentmim.spi;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;

/**
 * A way to describe images by numbers that an {@link Evaluator} judges: an encoder, or a baseline such as the raw pixels. All
 * tensors are 32-bit floats on the CPU, not normalised and without gradient; they live in the caller's scope and must not be
 * changed in place. Not thread-safe.
 */
public interface Representation {

    /** Returns the name under which scores are reported, such as {@code trained}, {@code untrained} or {@code pixels}. */
    String name();

    /** Returns how the numbers are made, in one line: view, layer, pooling. Part of a score's protocol. */
    String protocol();

    /** Returns the same as {@link #protocol} for machines, such as {@code pooling}, {@code layer} and {@code resize}. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /**
     * Returns a checksum of all that decides {@link #features} beside the images, such as weights, pooling and view, by which
     * features that were kept are known again; empty where they are not to be kept, which is the default.
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /**
     * Describes every image of a set.
     *
     * @return {@code [n, D]} in the order of the set
     * @throws IOException if an image cannot be read
     */
    Tensor features(ImageSet images) throws IOException;

    /**
     * Describes a random view of every image of a set, cropped and mirrored as in training.
     *
     * @param draw which view, from 0; the same number gives the same views
     * @return {@code [n, D]} in the order of the set
     * @throws IOException if an image cannot be read
     * @throws UnsupportedOperationException if there are no random views, which is the default
     */
    default Tensor views(ImageSet images, int draw) throws IOException {
        throw new UnsupportedOperationException("'" + name() + "' has no random views");
    }

    /**
     * Describes every patch of one image, which is resized to so many patches, whatever its shape.
     *
     * @param index of the image in {@code images}
     * @param rows patches from top to bottom, at least 1
     * @param columns patches from left to right, at least 1
     * @return {@code [rows * columns, D]}, row by row
     * @throws IOException if the image cannot be read
     * @throws UnsupportedOperationException if patches cannot be told apart, which is the default
     */
    default Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
        throw new UnsupportedOperationException("'" + name() + "' has no features of patches");
    }

    /**
     * Returns how {@link #features} cuts the middle of an image into patches, without gap.
     *
     * @throws UnsupportedOperationException if patches cannot be told apart, which is the default
     */
    default PatchGrid grid() {
        throw new UnsupportedOperationException("'" + name() + "' has no features of patches");
    }

    /**
     * Returns the side of a patch in pixels.
     *
     * @throws UnsupportedOperationException if patches cannot be told apart, which is the default
     */
    default int patchSize() {
        throw new UnsupportedOperationException("'" + name() + "' has no features of patches");
    }

    /** Returns the network that makes this representation, for evaluators that let it learn; empty where there is none. */
    default Optional<Network> network() {
        return Optional.empty();
    }

    /**
     * Returns a tensor where this representation computes, such as on a GPU, so that an evaluator can do its own work there; the
     * tensor itself where that is the CPU, which is the default.
     */
    default Tensor place(Tensor tensor) {
        return tensor;
    }
}
