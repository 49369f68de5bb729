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
import org.latentmim.spi.Schedule;
import org.latentmim.testing.ReconstructionLossContract;

class SimilarityConstraintTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new SimilarityConstraint(new SimilarityConstraint.Config(0.75, 0.25, Schedule.Shape.COSINE, Latents.BOTH));
    }

    @Override
    protected boolean isMeanOverImages() {
        return false;
    }

    @Test
    void addsTheSquaredDistancesOfPredictionsAndVisiblePatches() {
        try (PointerScope scope = new PointerScope()) {
            // Equal tokens are alike by 1, four orthogonal ones by 1/4.
            Tensor equal = ones(new long[] {1, 4, 4}, new TensorOptions(ScalarType.Double));
            Tensor orthogonal = eye(4, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            Reconstruction reconstruction = new Reconstruction(equal, equal, orthogonal);
            ReconstructionLoss constraint =
                    new SimilarityConstraint(new SimilarityConstraint.Config(0.75, 0.25, Schedule.Shape.COSINE, Latents.BOTH));
            assertThat(constraint.loss(reconstruction, new Progress(0, 100, 0, 10, 1)).item_double())
                    .isCloseTo(0.25 * 0.25 + 0.5 * 0.5, within(1e-12));
            assertThat(constraint.loss(reconstruction, new Progress(50, 100, 5, 10, 1)).item_double())
                    .isCloseTo(0.5 * 0.5 + 0.25 * 0.25, within(1e-12));
            assertThat(constraint.loss(reconstruction, new Progress(100, 100, 10, 10, 1)).item_double())
                    .isCloseTo(0.75 * 0.75, within(1e-12));
        }
    }

    @Test
    void looksAtTheLatentsThatItIsTold() {
        try (PointerScope scope = new PointerScope()) {
            Tensor equal = ones(new long[] {1, 4, 4}, new TensorOptions(ScalarType.Double));
            Tensor orthogonal = eye(4, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            Reconstruction reconstruction = new Reconstruction(equal, equal, orthogonal);
            Progress start = new Progress(0, 100, 0, 10, 1);
            assertThat(of(Latents.PREDICTED).loss(reconstruction, start).item_double()).isCloseTo(0.25 * 0.25, within(1e-12));
            assertThat(of(Latents.VISIBLE).loss(reconstruction, start).item_double()).isCloseTo(0.5 * 0.5, within(1e-12));
        }
    }

    private static ReconstructionLoss of(Latents latents) {
        return new SimilarityConstraint(new SimilarityConstraint.Config(0.75, 0.25, Schedule.Shape.COSINE, latents));
    }

    @Test
    void wantsSimilaritiesBetweenZeroAndOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimilarityConstraint.Config(1.5, 0.25, Schedule.Shape.COSINE, Latents.BOTH))
                .withMessage("from must be between 0 and 1, but is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimilarityConstraint.Config(0.75, -0.1, Schedule.Shape.COSINE, Latents.BOTH))
                .withMessage("to must be between 0 and 1, but is -0.1");
    }
}
