package org.latentmim.spi;

import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/** A way to describe images by numbers that an {@link Evaluator} judges: an encoder, or a baseline such as the raw pixels. */
public interface Representation {

    /** Returns the name under which scores are reported, such as {@code trained}, {@code untrained} or {@code pixels}. */
    String name();

    /** Returns how the numbers are made, in one line: view, layer, pooling. Part of a score's protocol. */
    String protocol();

    /**
     * Describes every image of a set.
     *
     * @return {@code [n, D]}, 32-bit floats on the CPU, not normalised, in the order of the set; lives in the caller's scope
     * @throws IOException if an image cannot be read
     */
    Tensor features(ImageSet images) throws IOException;
}
