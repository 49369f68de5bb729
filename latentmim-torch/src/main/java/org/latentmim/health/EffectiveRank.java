package org.latentmim.health;

import static org.bytedeco.pytorch.global.torch.linalg_eigvalsh;
import static org.bytedeco.pytorch.global.torch.mm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** In how many directions features vary: RankMe (arXiv 2210.02885), not centred. */
public final class EffectiveRank {

    private static final double EPSILON = 1e-7;

    private EffectiveRank() {}

    /**
     * Returns the exponential of the entropy of the singular values, each as a share of their sum: from 1 to the smaller of n
     * and D. The singular values are the roots of the eigenvalues of the smaller matrix of products, so of 32-bit features those
     * below a thousandth of the largest are not told apart from 0.
     *
     * @param features {@code [n, D]}
     */
    public static double of(Tensor features) {
        Tensor transposed = features.t();
        Tensor products = features.size(0) < features.size(1) ? mm(features, transposed) : mm(transposed, features);
        Tensor singular = linalg_eigvalsh(products).clamp_min(new Scalar(0)).sqrt();
        Tensor shares = singular.div(singular.sum()).add(new Scalar(EPSILON));
        return Math.exp(-shares.mul(shares.log()).sum().item_double());
    }
}
