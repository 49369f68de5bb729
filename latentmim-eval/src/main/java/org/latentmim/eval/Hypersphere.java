package org.latentmim.eval;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.health.Tokens;

/** How features of length 1 lie on their sphere (Wang and Isola, arXiv 2005.10242). */
final class Hypersphere {

    private static final long CHUNK = 1024;

    private Hypersphere() {}

    /**
     * Returns the logarithm of the mean over all pairs of different features of {@code exp(-2 distance^2)}: 0 where all are the
     * same. Memory grows with the number of features, not with its square.
     *
     * @param features {@code [n, D]}, n at least 2
     */
    static double uniformity(Tensor features) {
        Tensor unit = Tokens.unit(features);
        long count = unit.size(0);
        double sum = -count; // each with itself, of distance 0
        for (long start = 0; start < count; start += CHUNK) {
            try (PointerScope scope = new PointerScope()) {
                Tensor cosine = unit.narrow(0, start, Math.min(CHUNK, count - start)).matmul(unit.t());
                sum += cosine.sub(new Scalar(1)).mul(new Scalar(4)).exp().sum().item_double(); // distance^2 = 2 - 2 cosine
            }
        }
        return Math.log(sum / ((double) count * (count - 1)));
    }

    /**
     * Returns the mean squared distance of features that should be the same: from 0 to 4.
     *
     * @param one {@code [n, D]}
     * @param other {@code [n, D]}, of the same images in the same order
     */
    static double alignment(Tensor one, Tensor other) {
        return Tokens.unit(one).sub(Tokens.unit(other)).square().sum(1).mean().item_double();
    }
}
