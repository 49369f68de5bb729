package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.ones;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class PatchDiscriminationLossTest extends ReconstructionLossContract {

    private static final Progress ANY = new Progress(0, 1, 0, 1, 1);

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new PatchDiscriminationLoss(new PatchDiscriminationLoss.Config(0.2, true));
    }

    @Test
    void givesOrthogonalTargetsFoundByTheirPredictionsTheirClosedForm() {
        try (PointerScope scope = new PointerScope()) {
            double temperature = 0.5;
            Tensor tokens = eye(4, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            double expected = 2 * temperature * Math.log(1 + 3 * Math.exp(-1 / temperature));
            assertThat(loss(temperature, false, tokens, tokens)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void givesCollapsedPredictionsTheChanceOfAGuess() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = eye(4, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            Tensor predicted = ones(new long[] {1, 4, 4}, new TensorOptions(ScalarType.Double));
            assertThat(loss(0.2, true, predicted, targets)).isCloseTo(2 * 0.2 * Math.log(4), within(1e-12));
            assertThat(loss(0.2, false, predicted, targets)).isCloseTo(2 * 0.2 * Math.log(4), within(1e-12));
        }
    }

    @Test
    void keepsItsGradientFiniteWhenPredictionsCollapse() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = eye(4, new TensorOptions(ScalarType.Float)).unsqueeze(0);
            Tensor predicted = ones(new long[] {1, 4, 4}, new TensorOptions(ScalarType.Float)).set_requires_grad(true);
            new PatchDiscriminationLoss(new PatchDiscriminationLoss.Config(0.2, true))
                    .loss(new Reconstruction(predicted, targets, targets), ANY).backward();
            assertThat(predicted.grad().isfinite().all().item_bool()).isTrue();
        }
    }

    @Test
    void needsTwoPatchesToTellApart() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = ones(1, 1, 4);
            assertThatIllegalArgumentException().isThrownBy(() -> loss(0.2, true, one, one))
                    .withMessage("patch discrimination needs at least 2 masked patches in an image, but there is 1");
        }
    }

    @Test
    void wantsAPositiveTemperature() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchDiscriminationLoss.Config(0, true))
                .withMessage("temperature must be more than 0, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchDiscriminationLoss.Config(Double.NaN, true))
                .withMessage("temperature must be more than 0, but is NaN");
    }

    private static double loss(double temperature, boolean standardize, Tensor predicted, Tensor targets) {
        return new PatchDiscriminationLoss(new PatchDiscriminationLoss.Config(temperature, standardize))
                .loss(new Reconstruction(predicted, targets, targets), ANY).item_double();
    }
}
