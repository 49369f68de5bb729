package org.example.latentmim;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;
import static org.bytedeco.pytorch.global.torch.mse_loss;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * Asks that the patches of an image are as alike in the predictions as in the targets, wherever they lie in latent space:
 * similarity preserving distillation (Tung and Mori, arXiv 1907.09682), with the patches of an image in place of the images of a
 * batch. It says nothing about where a prediction lies, and so goes beside a loss that does.
 */
final class RelationLoss implements ReconstructionLoss {

    private static final double SMALLEST_NORM = 1e-12;

    @Meaning("Mean squared difference of the cosine similarities of patches, among predictions and among targets")
    record Config(
            @Meaning("whether the mean latent of an image is taken away first, so that what all patches share does not count")
                    @Default("true") boolean centre) {}

    private final boolean centre;

    @Inject
    RelationLoss(Config config) {
        centre = config.centre();
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return mse_loss(similarities(reconstruction.predicted()), similarities(reconstruction.targets()));
    }

    private Tensor similarities(Tensor latents) {                                                          // [B, M, D]
        Tensor tokens = centre ? latents.sub(latents.mean(new long[] {1}, true, new ScalarTypeOptional())) : latents;
        Tensor norm = linalg_vector_norm(tokens, new Scalar(2), new long[] {-1}, true, new ScalarTypeOptional());
        Tensor directions = tokens.div(norm.clamp_min(new Scalar(SMALLEST_NORM)));
        return bmm(directions, directions.transpose(1, 2));                                                // [B, M, M]
    }
}
