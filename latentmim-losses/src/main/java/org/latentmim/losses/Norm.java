package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** Euclidean norms. */
final class Norm {

    private static final double SMALLEST = 1e-12;

    private Norm() {}

    static Tensor along(long dimension, Tensor tensor) {
        return linalg_vector_norm(tensor, new Scalar(2), new long[] {dimension}, true, new ScalarTypeOptional());
    }

    /** Returns the norm of each latent, {@code [.., D] -> [.., 1]}, never 0. */
    static Tensor of(Tensor latents) {
        return along(-1, latents).clamp_min(new Scalar(SMALLEST));
    }

    /** Returns the latents scaled to norm 1; one of only zeros stays so. */
    static Tensor unit(Tensor latents) {
        return latents.div(of(latents));
    }
}
