package org.latentmim.pictures;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** Vectors of length 1, whose products are cosine similarities. */
final class Directions {

    private static final double SHORTEST = 1e-12;

    private Directions() {}

    /** Returns each vector along the last axis in length 1; one of zeros stays. */
    static Tensor of(Tensor vectors) {
        Tensor lengths = vectors.norm(new ScalarOptional(new Scalar(2)), new long[] {-1}, true);
        return vectors.div(lengths.clamp_min(new Scalar(SHORTEST)));
    }
}
