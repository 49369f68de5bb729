package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.latentmim.losses.Batches.image;
import static org.latentmim.losses.Batches.images;
import static org.latentmim.losses.Batches.latent;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class VarianceCovarianceLossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return loss(Samples.IMAGES, 1, 0.04);
    }

    @Override
    protected boolean teachesPredictions() {
        return false;
    }

    @Override
    protected boolean isMeanOverImages() {
        return false;
    }

    @Test
    void pullsDeviationsUpToTheOneThatIsEnough() {
        try (PointerScope scope = new PointerScope()) {
            // Variances 0.02, 0 and 8: only the first two channels miss something.
            Tensor latents = images(latent(0.1, 3, 2), latent(-0.1, 3, -2));
            double expected = (1 - Math.sqrt(0.02 + 1e-4) + 1 - Math.sqrt(1e-4)) / 3;
            assertThat(Batches.loss(loss(Samples.IMAGES, 1, 0), latents)).isCloseTo(expected, within(1e-12));
            assertThat(Batches.loss(loss(Samples.IMAGES, 5, 0), latents)).isCloseTo(5 * expected, within(1e-12));
        }
    }

    @Test
    void pushesCovariancesOfTwoChannelsDown() {
        try (PointerScope scope = new PointerScope()) {
            // Covariances 2, -2 and -2, each twice in the matrix.
            Tensor latents = images(latent(1, 1, -1), latent(-1, -1, 1));
            assertThat(Batches.loss(loss(Samples.IMAGES, 0, 1), latents)).isCloseTo(6 * 4 / 3.0, within(1e-12));
        }
    }

    @Test
    void takesImagesByTheirMeanOrEveryPatch() {
        try (PointerScope scope = new PointerScope()) {
            // The means are equal, the patches are not.
            Tensor latents = cat(new TensorVector(
                    image(latent(1, 1), latent(-1, -1)), image(latent(2, 2), latent(-2, -2))), 0);
            assertThat(Batches.loss(loss(Samples.IMAGES, 0, 1), latents)).isZero();
            double covariance = (1 + 1 + 4 + 4) / 3.0;
            assertThat(Batches.loss(loss(Samples.PATCHES, 0, 1), latents)).isCloseTo(covariance * covariance, within(1e-12));
        }
    }

    @Test
    void needsTwoSamples() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = images(latent(1, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> Batches.loss(loss(Samples.IMAGES, 1, 1), one))
                    .withMessage("a spread needs at least 2 images in a batch, but there is 1");
            assertThatIllegalArgumentException().isThrownBy(() -> Batches.loss(loss(Samples.PATCHES, 1, 1), one))
                    .withMessage("a spread needs at least 2 patches in an image, but there is 1");
        }
    }

    @Test
    void wantsNumbersWithinTheirRanges() {
        refuses(0, 1, 1, "deviation must be more than 0, but is 0.0");
        refuses(1, -0.5, 1, "variance must be at least 0, but is -0.5");
        refuses(1, 1, Double.NaN, "covariance must be at least 0, but is NaN");
    }

    private static void refuses(double deviation, double variance, double covariance, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VarianceCovarianceLoss.Config(
                        Latents.VISIBLE, Samples.IMAGES, deviation, variance, covariance))
                .withMessage(message);
    }

    private static ReconstructionLoss loss(Samples samples, double variance, double covariance) {
        return new VarianceCovarianceLoss(new VarianceCovarianceLoss.Config(Latents.VISIBLE, samples, 1, variance, covariance));
    }
}
