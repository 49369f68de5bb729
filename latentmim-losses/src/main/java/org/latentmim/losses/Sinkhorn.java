package org.latentmim.losses;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Sinkhorn-Knopp: shares n tokens out among K prototypes by their scores so that each prototype gets about n / K of them. It
 * works on logarithms, where no score is too large or too small for 32 bits.
 */
final class Sinkhorn {

    private Sinkhorn() {}

    /**
     * Returns the share of each token that each prototype gets, without gradient. The shares of a token sum to 1; those of a
     * prototype approach n / K with the iterations.
     *
     * @param scores {@code [n, K]}
     * @param temperature what scores are divided by
     */
    static Tensor assign(Tensor scores, double temperature, int iterations) {
        Tensor shares = scores.detach().div(new Scalar(temperature));
        for (int i = 0; i < iterations; i++) {
            shares.sub_(shares.logsumexp(new long[] {0}, true)); // over the tokens: every prototype gets as much
            shares.sub_(shares.logsumexp(new long[] {1}, true)); // over the prototypes: every token is given away
        }
        return shares.exp_();
    }
}
