package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.latentmim.losses.Batches.image;
import static org.latentmim.losses.Batches.latent;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;
import org.latentmim.testing.Tensors;

class SmoothL1LossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return withBeta(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5, 0.125", "1, 1, 0.5", "1, -2, 1.5", "2, 1, 0.25", "2, -2, 1", "2, 3, 2"})
    void isSquareUpToBetaAndStraightBeyond(double beta, double distance, double expected) {
        try (PointerScope scope = new PointerScope()) {
            assertThat(Batches.loss(withBeta(beta), image(latent(4 + distance)), image(latent(4))))
                    .isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void hasNoJumpInItsGradientAtTheKink() {
        try (PointerScope scope = new PointerScope()) {
            Tensor predicted = image(latent(2 - 1e-9), latent(2), latent(2 + 1e-9), latent(-2)).set_requires_grad(true);
            Tensor targets = image(latent(0), latent(0), latent(0), latent(0));
            withBeta(2).loss(new Reconstruction(predicted, targets, targets), Tensors.START).backward();
            double[][] gradient = Batches.numbers(predicted.grad().squeeze(0));
            assertThat(gradient[0][0]).isCloseTo(0.25, within(1e-9));
            assertThat(gradient[1][0]).isCloseTo(0.25, within(1e-9));
            assertThat(gradient[2][0]).isCloseTo(0.25, within(1e-9));
            assertThat(gradient[3][0]).isCloseTo(-0.25, within(1e-9));
        }
    }

    @Test
    void wantsAPositiveBeta() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SmoothL1Loss.Config(0))
                .withMessage("beta must be more than 0, but is 0.0");
    }

    private static ReconstructionLoss withBeta(double beta) {
        return new SmoothL1Loss(new SmoothL1Loss.Config(beta));
    }
}
