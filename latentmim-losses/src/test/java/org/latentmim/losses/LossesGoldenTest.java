package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.Schedule;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

/** The losses against the published implementation, from its own predictions and targets in 64-bit floats. */
class LossesGoldenTest {

    private static final double RELATIVE = 1e-9;
    private static final Progress ANY = new Progress(0, 1, 0, 1, 1);

    static List<Recording> models() {
        return GoldenFiles.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theReconstructionLossIsTheRecordedOne(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            is(reconstructionLoss(recording).loss(reconstruction(recording), ANY).item_double(),
                    recording.scalar("f64.reconstruction_loss"));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theWeightedSumWithTheSimilarityConstraintIsTheRecordedLoss(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            double similarity = recording.number("sim_target");
            ReconstructionLoss constraint = new SimilarityConstraint(
                            new SimilarityConstraint.Config(similarity, similarity, Schedule.Shape.CONSTANT, Latents.BOTH));
            double loss = reconstructionLoss(recording).loss(reconstruction(recording), ANY).item_double()
                    + recording.number("avg_sim_coeff") * constraint.loss(reconstruction(recording), ANY).item_double();
            is(loss, recording.scalar("f64.loss"));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void thePairwiseSimilaritiesAreTheRecordedOnes(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            Reconstruction reconstruction = reconstruction(recording);
            is(PairwiseSimilarity.mean(reconstruction.predicted()).item_double(), recording.scalar("f64.sim_pred"));
            is(PairwiseSimilarity.mean(reconstruction.visible()).item_double(), recording.scalar("f64.sim_vis"));
            is(PairwiseSimilarity.mean(reconstruction.targets()).item_double(), recording.scalar("f64.sim_trg"));
        }
    }

    private static ReconstructionLoss reconstructionLoss(Recording recording) {
        return switch ((String) recording.config().get("loss")) {
            case "infonce_patches" -> new PatchDiscriminationLoss(
                    new PatchDiscriminationLoss.Config(
                            recording.number("tau"), true, PatchDiscriminationLoss.Negatives.IMAGE, OptionalDouble.empty()));
            case "norm_l2" -> new NormalizedL2Loss(new NormalizedL2Loss.Config());
            default -> throw new AssertionError("no such loss: " + recording.config().get("loss"));
        };
    }

    private static Reconstruction reconstruction(Recording recording) {
        Tensor encoded = recording.tensor("f64.encoded_visible");
        Tensor visible = encoded.narrow(1, 1, encoded.size(1) - 1);
        return new Reconstruction(recording.tensor("f64.prediction"), recording.tensor("f64.target"), visible);
    }

    private static void is(double measured, double recorded) {
        assertThat(measured).isCloseTo(recorded, within(RELATIVE * Math.abs(recorded)));
    }
}
