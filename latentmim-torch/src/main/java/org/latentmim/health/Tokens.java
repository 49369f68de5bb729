package org.latentmim.health;

import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** What measures of tokens share. */
public final class Tokens {

    private static final double SMALLEST_NORM = 1e-12;

    private Tokens() {}

    /** Scales every token of {@code [..., D]} to length 1; one without length stays zero. */
    public static Tensor unit(Tensor tokens) {
        Tensor norm = linalg_vector_norm(tokens, new Scalar(2), new long[] {-1}, true, new ScalarTypeOptional());
        return tokens.div(norm.clamp_min(new Scalar(SMALLEST_NORM)));
    }

    static void check(Tensor tokens) {
        if (tokens.dim() != 3 || tokens.size(0) < 2 || tokens.size(1) < 2) {
            throw new IllegalArgumentException("tokens must be of at least 2 images with at least 2 patches each");
        }
    }

    static Tensor mean(Tensor tensor, int dimension) {
        return tensor.mean(new long[] {dimension}, true, new ScalarTypeOptional());
    }
}
