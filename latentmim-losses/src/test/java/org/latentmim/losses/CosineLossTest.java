package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.zeros_like;
import static org.latentmim.losses.Batches.image;
import static org.latentmim.losses.Batches.latent;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;
import org.latentmim.testing.Tensors;

class CosineLossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new CosineLoss(new CosineLoss.Config());
    }

    @Test
    void isZeroForTheSameDirectionOneForARightAngleAndTwoForTheOpposite() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = image(latent(3, 4));
            assertThat(Batches.loss(loss(null), image(latent(0.6, 0.8)), targets)).isCloseTo(0, within(1e-12));
            assertThat(Batches.loss(loss(null), image(latent(-8, 6)), targets)).isCloseTo(1, within(1e-12));
            assertThat(Batches.loss(loss(null), image(latent(-30, -40)), targets)).isCloseTo(2, within(1e-12));
        }
    }

    @Test
    void hasAFiniteGradientForAPredictionOfZeros() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = image(latent(3, 4));
            Tensor predicted = zeros_like(targets).set_requires_grad(true);
            loss(null).loss(new Reconstruction(predicted, targets, targets), Tensors.START).backward();
            assertThat(predicted.grad().isfinite().all().item_bool()).isTrue();
        }
    }
}
