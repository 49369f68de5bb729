package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.latentmim.losses.Batches.images;
import static org.latentmim.losses.Batches.latent;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;
import org.latentmim.testing.Tensors;

class KoLeoLossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return loss(Samples.IMAGES);
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
    void isMinusTheMeanLogarithmOfTheDistanceToTheNearestDirection() {
        try (PointerScope scope = new PointerScope()) {
            // Directions of 0, 60 and 180 degrees and other lengths: nearest at 1, 1 and the root of 3.
            Tensor latents = images(latent(5, 0), latent(0.5, Math.sqrt(0.75)), latent(-2, 0));
            assertThat(Batches.loss(loss(Samples.IMAGES), latents)).isCloseTo(-Math.log(3) / 2 / 3, within(1e-7));
        }
    }

    @Test
    void comparesPatchesWithinTheirImageAndImagesWithinTheirBatch() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = images(latent(1, 0), latent(-1, 0), latent(0, 1), latent(0, -1)).view(2, 2, 2);
            // In an image, patches are opposite; the image's mean is zero and has no direction.
            assertThat(Batches.loss(loss(Samples.PATCHES), latents)).isCloseTo(-Math.log(2), within(1e-7));
            Tensor swapped = latents.transpose(0, 1).contiguous();
            assertThat(Batches.loss(loss(Samples.PATCHES), swapped)).isCloseTo(-Math.log(2) / 2, within(1e-7));
            assertThat(Batches.loss(loss(Samples.IMAGES), swapped)).isCloseTo(-Math.log(2), within(1e-7));
        }
    }

    @Test
    void keepsItsGradientFiniteWhenAllDirectionsAreOne() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = ones(3, 2, 4).set_requires_grad(true);
            loss(Samples.PATCHES).loss(new Reconstruction(null, null, latents), Tensors.START).backward();
            assertThat(latents.grad().isfinite().all().item_bool()).isTrue();
        }
    }

    private static ReconstructionLoss loss(Samples samples) {
        return new KoLeoLoss(new KoLeoLoss.Config(Latents.VISIBLE, samples));
    }
}
