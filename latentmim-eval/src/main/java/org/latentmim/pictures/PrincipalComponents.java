package org.latentmim.pictures;

import static org.bytedeco.pytorch.global.torch.linalg_eigh;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/** What varies most in a set of vectors. */
final class PrincipalComponents {

    private static final double SMALLEST = 1e-12;

    private PrincipalComponents() {}

    /**
     * Whitens vectors: their first principal components, each with mean 0 and deviation 1, the largest first. An eigenvector has
     * no sign of its own; it gets the one by which the component is skewed to the positive (CAPI). A component beyond the rank
     * is 0.
     *
     * @param vectors {@code [n, D]} in 64 bits
     * @return {@code [n, count]}
     */
    static Tensor whitened(Tensor vectors, int count) {
        Tensor centred = vectors.sub(vectors.mean(new long[] {0}, true, null));
        Tensor covariance = centred.t().matmul(centred).div(new Scalar((double) vectors.size(0)));
        T_TensorTensor_T found = linalg_eigh(covariance, "L");
        Tensor values = new Tensor(found.get0()).flip(0);
        Tensor directions = new Tensor(found.get1()).flip(1);
        long kept = Math.min(count, vectors.size(1));
        double largest = values.select(0, 0).item_double();
        Tensor scores = centred.matmul(directions.narrow(1, 0, kept));
        Tensor deviations = values.narrow(0, 0, kept).clamp_min(new Scalar(Math.max(SMALLEST, SMALLEST * largest))).sqrt();
        Tensor exists = values.narrow(0, 0, kept).gt(new Scalar(SMALLEST * largest)).to(scores.scalar_type());
        Tensor white = scores.div(deviations).mul(exists);
        Tensor turned = white.pow(new Scalar(3)).mean(0).lt(new Scalar(0)).to(scores.scalar_type());
        return white.mul(turned.mul(new Scalar(-2)).add(new Scalar(1)));
    }
}
