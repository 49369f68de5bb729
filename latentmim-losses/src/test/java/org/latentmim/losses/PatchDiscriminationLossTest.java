package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.stack;

import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.losses.PatchDiscriminationLoss.Negatives;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.LossBars;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class PatchDiscriminationLossTest extends ReconstructionLossContract {

    private static final Progress ANY = new Progress(0, 1, 0, 1, 1);

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new PatchDiscriminationLoss(config(0.2, true));
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
    void knowsWhatAGuessIsWorthAndOneWhoKnowsOrthogonalTargets() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = eye(4, new TensorOptions(ScalarType.Double));
            Tensor targets = stack(new TensorVector(one, one));
            Tensor same = ones(new long[] {2, 4, 4}, new TensorOptions(ScalarType.Double));
            ReconstructionLoss loss = new PatchDiscriminationLoss(config(0.2, false));
            LossBars bars = loss.bars(new Reconstruction(same, targets, targets)).orElseThrow();
            assertThat(loss(0.2, false, same, targets)).isCloseTo(bars.chance(), within(1e-12));
            assertThat(loss(0.2, false, targets, targets)).isCloseTo(bars.orthogonal(), within(1e-12));
        }
    }

    /** 176 targets of an image at a temperature of 0.2. */
    @Test
    void hasTheBarsOfThePaperAndOthersWhereTheBatchCompetes() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = ones(3, 176, 2);
            Reconstruction sizes = new Reconstruction(latents, latents, latents);
            LossBars bars = new PatchDiscriminationLoss(config(0.2, true)).bars(sizes).orElseThrow();
            assertThat(bars.chance()).isCloseTo(2.07, within(0.005));
            assertThat(bars.orthogonal()).isCloseTo(0.31, within(0.005));
            assertThat(bars.share(bars.chance())).isZero();
            assertThat(bars.share(bars.orthogonal())).isEqualTo(1);
            LossBars ofBatch = new PatchDiscriminationLoss(
                            new PatchDiscriminationLoss.Config(0.2, true, Negatives.BATCH, OptionalDouble.empty()))
                    .bars(sizes).orElseThrow();
            assertThat(ofBatch.chance()).isCloseTo(0.4 * Math.log(528), within(1e-12));
        }
    }

    @Test
    void keepsItsGradientFiniteWhenPredictionsCollapse() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = eye(4, new TensorOptions(ScalarType.Float)).unsqueeze(0);
            Tensor predicted = ones(new long[] {1, 4, 4}, new TensorOptions(ScalarType.Float)).set_requires_grad(true);
            new PatchDiscriminationLoss(config(0.2, true))
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
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, true))
                .withMessage("temperature must be more than 0, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> config(Double.NaN, true))
                .withMessage("temperature must be more than 0, but is NaN");
    }

    @Test
    void tellsTargetsOfTheWholeBatchApart() {
        try (PointerScope scope = new PointerScope()) {
            Tensor predicted = Batches.normal(1, 3, 4, 5);
            Tensor targets = Batches.normal(2, 3, 4, 5);
            ReconstructionLoss loss = overTheBatch(0.3, false);
            double[][] guesses = Batches.numbers(predicted.flatten(0, 1));
            double[][] answers = Batches.numbers(targets.flatten(0, 1));
            double expected = 0;
            for (int i = 0; i < guesses.length; i++) {
                double all = 0;
                for (double[] answer : answers) {
                    all += Math.exp(cosine(guesses[i], answer) / 0.3);
                }
                expected += Math.log(all) - cosine(guesses[i], answers[i]) / 0.3;
            }
            assertThat(Batches.loss(loss, predicted, targets)).isCloseTo(2 * 0.3 * expected / 12, within(1e-12));
        }
    }

    @Test
    void standardisesOverThePatchesThatItCompares() {
        try (PointerScope scope = new PointerScope()) {
            Tensor predicted = Batches.normal(1, 3, 4, 5);
            Tensor targets = Batches.normal(2, 3, 4, 5);
            double batch = Batches.loss(overTheBatch(0.2, true), predicted, targets);
            Tensor asOneImage = predicted.flatten(0, 1).unsqueeze(0);
            assertThat(batch).isEqualTo(loss(0.2, true, asOneImage, targets.flatten(0, 1).unsqueeze(0)));
        }
    }

    @Test
    void leavesDuplicatesOfTheOwnTargetOut() {
        try (PointerScope scope = new PointerScope()) {
            // Of four targets two are the same direction: each of these has two others to be told apart from, the rest three.
            Tensor targets = Batches.image(
                    Batches.latent(1, 0, 0), Batches.latent(7, 0, 0), Batches.latent(0, 1, 0), Batches.latent(0, 0, 1));
            double temperature = 0.5;
            double right = Math.exp(1 / temperature);
            double withTwo = Math.log(1 + 2 / right);
            double withThree = Math.log(1 + 3 / right);
            assertThat(Batches.loss(withoutDuplicates(temperature, false), targets, targets))
                    .isCloseTo(2 * temperature * (2 * withTwo + 2 * withThree) / 4, within(1e-12));
            double confused = Math.log(2 + 2 / right);
            assertThat(loss(temperature, false, targets, targets))
                    .isCloseTo(2 * temperature * (2 * confused + 2 * withThree) / 4, within(1e-12));
        }
    }

    @Test
    void hasNothingToTellApartWhereAllTargetsAreDuplicates() {
        try (PointerScope scope = new PointerScope()) {
            Tensor equal = ones(new long[] {1, 4, 3}, new TensorOptions(ScalarType.Float)).set_requires_grad(true);
            Tensor loss = withoutDuplicates(0.2, true)
                    .loss(new Reconstruction(equal, equal.detach(), equal), ANY);
            loss.backward();
            assertThat(loss.item_double()).isZero();
            assertThat(equal.grad().isfinite().all().item_bool()).isTrue();
        }
    }

    @Test
    void wantsAThresholdThatIsASimilarity() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatchDiscriminationLoss.Config(0.2, true, Negatives.IMAGE, OptionalDouble.of(1.5)))
                .withMessage("duplicates must be between 0 and 1, but is 1.5");
    }

    @Test
    void needsTwoPatchesInABatchToTellThoseApart() {
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = overTheBatch(0.2, true);
            assertThatIllegalArgumentException().isThrownBy(() -> Batches.loss(loss, ones(1, 1, 4), ones(1, 1, 4)))
                    .withMessage("patch discrimination needs at least 2 masked patches in a batch, but there is 1");
            assertThat(Batches.loss(loss, ones(2, 1, 4), ones(2, 1, 4))).isCloseTo(2 * 0.2 * Math.log(2), within(1e-6));
        }
    }

    private static ReconstructionLoss overTheBatch(double temperature, boolean standardize) {
        return new PatchDiscriminationLoss(
                new PatchDiscriminationLoss.Config(temperature, standardize, Negatives.BATCH, OptionalDouble.empty()));
    }

    private static ReconstructionLoss withoutDuplicates(double temperature, boolean standardize) {
        return new PatchDiscriminationLoss(
                new PatchDiscriminationLoss.Config(temperature, standardize, Negatives.IMAGE, OptionalDouble.of(0.999)));
    }

    private static double loss(double temperature, boolean standardize, Tensor predicted, Tensor targets) {
        return Batches.loss(new PatchDiscriminationLoss(config(temperature, standardize)), predicted, targets);
    }

    private static PatchDiscriminationLoss.Config config(double temperature, boolean standardize) {
        return new PatchDiscriminationLoss.Config(temperature, standardize, Negatives.IMAGE, OptionalDouble.empty());
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
