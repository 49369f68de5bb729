package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.linalg_cholesky;
import static org.bytedeco.pytorch.global.torch.linalg_eigvalsh;
import static org.bytedeco.pytorch.global.torch.linalg_solve_triangular;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In how many directions images differ by more than their own views do: LiDAR (Thilak and others, arXiv 2312.04000). */
final class Lidar {

    private static final double DELTA = 1e-4;
    private static final double EPSILON = 1e-8;

    private Lidar() {}

    /**
     * Returns the exponential of the entropy of the eigenvalues of the scatter between images, in units of that within: from 1 to
     * the smaller of {@code n - 1} and D.
     *
     * @param views {@code [n, q, D]}, the q views of an image side by side; n and q at least 2
     */
    static double of(Tensor views) {
        Tensor all = views.to(ScalarType.Double);
        Tensor means = all.mean(new long[] {1}, true, null);                                    // [n, 1, D]
        Tensor between = means.sub(means.mean(new long[] {0}, true, null)).squeeze(1);          // [n, D]
        Tensor within = all.sub(means).flatten(0, 1);                                           // [n q, D]
        Tensor noise = within.t().matmul(within).div(new Scalar((double) within.size(0)))
                .add(eye(within.size(1), within.options()).mul(new Scalar(DELTA)));             // [D, D]
        // Of the same eigenvalues as noise^-1/2 scatter noise^-1/2.
        Tensor white = linalg_solve_triangular(linalg_cholesky(noise), between.t(), false);     // [D, n]
        Tensor scatter = between.size(0) < between.size(1) ? white.t().matmul(white) : white.matmul(white.t());
        Tensor values = linalg_eigvalsh(scatter).clamp_min(new Scalar(0));
        Tensor shares = values.div(values.sum().clamp_min(new Scalar(Double.MIN_NORMAL))).add(new Scalar(EPSILON));
        return Math.exp(-shares.mul(shares.log()).sum().item_double());
    }
}
