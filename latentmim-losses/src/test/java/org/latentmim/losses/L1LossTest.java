package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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

class L1LossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new L1Loss(new L1Loss.Config());
    }

    @Test
    void isTheMeanDistanceOverPixelsAndPatches() {
        try (PointerScope scope = new PointerScope()) {
            double loss = Batches.loss(loss(null), image(latent(1, 2), latent(0, 0)), image(latent(2, -1), latent(0, 2)));
            assertThat(loss).isCloseTo((1 + 3 + 0 + 2) / 4.0, within(1e-12));
        }
    }

    @Test
    void pullsEquallyFromFarAndNearAndNotWhereNothingIsMissing() {
        try (PointerScope scope = new PointerScope()) {
            Tensor predicted = image(latent(-5, 0.1, 0, 7)).set_requires_grad(true);
            Tensor targets = image(latent(0, 0, 0, 0));
            loss(null).loss(new Reconstruction(predicted, targets, targets), Tensors.START).backward();
            assertThat(Batches.numbers(predicted.grad().squeeze(0))).isEqualTo(new double[][] {{-0.25, 0.25, 0, 0.25}});
        }
    }
}
