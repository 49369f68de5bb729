package org.latentmim.spi;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * How alike the tokens of an image are: the number that shows a collapse, and that the similarity constraint steers (Latent MIM,
 * section 3.4). 1 means that every patch of an image has the same latent. Thread-safe.
 */
public final class PairwiseSimilarity {

    private static final double SMALLEST_NORM = 1e-12;

    private PairwiseSimilarity() {}

    /**
     * Returns the cosine similarity of two tokens of an image, averaged over all pairs, each token with itself included, and over
     * the images. Costs O(N): the average over all pairs is the squared norm of the mean of the normalised tokens.
     *
     * @param tokens {@code [B, N, D]}, in any floating type
     * @return a scalar tensor from 0 to 1, of the type of the tokens, in the caller's scope, with gradient
     */
    public static Tensor mean(Tensor tokens) {
        Tensor norm = linalg_vector_norm(tokens, new Scalar(2), new long[] {-1}, true, new ScalarTypeOptional());
        Tensor scale = norm.clamp_min(new Scalar(SMALLEST_NORM)).reciprocal();
        Tensor sum = bmm(scale.transpose(1, 2), tokens); // half the time of making the normalised tokens
        double pairs = (double) tokens.size(1) * tokens.size(1) * tokens.size(0);
        return sum.square().sum().div(new Scalar(pairs));
    }
}
