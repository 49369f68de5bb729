package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

class FineTuneEvaluatorTest {

    private static final ImageSet TRAIN = Striped.of(96, true, 1);
    private static final ImageSet TEST = Striped.of(80, true, 2);

    private final Striped.Network network = new Striped.Network();
    private final Representation representation = network.representation();

    @Test
    void learnsToTellTheClasses() throws IOException {
        Score score = score(fineTuning(40), TRAIN, TEST);
        assertThat(score.value()).isGreaterThan(97);
        assertThat(score.images()).isEqualTo(80);
        assertThat(score.unit()).isEqualTo("%");
    }

    @Test
    void staysAtChanceWhereLabelsTellNothing() throws IOException {
        double chance = score(fineTuning(10), Striped.of(96, false, 3), Striped.of(300, false, 4)).value();
        assertThat(chance).isBetween(50 - 600 / Math.sqrt(4 * 300) / 2, 50 + 600 / Math.sqrt(4 * 300) / 2); // 3 deviations
    }

    @Test
    void saysHowItWasMeasured() throws IOException {
        Score score = score(fineTuning(2), TRAIN, TEST);
        assertThat(score.name()).isEqualTo("accuracy");
        assertThat(score.protocol()).isEqualTo("the whole encoder fine-tuned on 96 train images by MAE's recipe for 2 epochs:"
                + " random views as in training, RandAugment 9.0, mixup 0.8, CutMix 1.0, erasing 0.25, label smoothing 0.1,"
                + " drop path 0.0, layer decay 0.65; mean of the last block's patch tokens, norm and linear classifier, weights"
                + " of the last step; short side 8, centre 8 x 8, patches without gap");
        assertThat(score.interval().orElseThrow().method()).isEqualTo("95%, 1,000 bootstrap draws of the images, seed 5");
        Map<String, String> settings = new TreeMap<>(score.settings());
        assertThat(settings).containsExactlyInAnyOrderEntriesOf(new TreeMap<>(Map.ofEntries(
                Map.entry("epochs", "2"), Map.entry("batch", "12"), Map.entry("base-learning-rate", "0.1"),
                Map.entry("min-learning-rate", "1.0E-6"), Map.entry("warmup-epochs", "0.1"), Map.entry("weight-decay", "0.05"),
                Map.entry("layer-decay", "0.65"), Map.entry("drop-path", "0.0"), Map.entry("label-smoothing", "0.1"),
                Map.entry("mixup", "0.8"), Map.entry("cutmix", "1.0"), Map.entry("rand-augment", "9.0"),
                Map.entry("erasing", "0.25"), Map.entry("seed", "5"),
                Map.entry("bootstrap-seed", "5"))));
    }

    @Test
    void scoresTheSameTwiceWithTheSameSeedAlone() throws IOException {
        ImageSet hard = Striped.of(200, false, 6);
        assertThat(score(fineTuning(3), TRAIN, hard)).isEqualTo(score(fineTuning(3), TRAIN, hard));
    }

    @Test
    void changesNeitherTheWeightsThatAreJudgedNorTheGeneratorOfTraining() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> before = new TreeMap<>();
            network.parameters().all().forEach((name, tensor) -> before.put(name, tensor.detach().clone()));
            torch.manual_seed(77);
            Tensor chance = torch.getDefaultCPUGenerator().get_state();
            score(fineTuning(2), TRAIN, TEST);
            assertThat(torch.getDefaultCPUGenerator().get_state().equal(chance)).isTrue();
            network.parameters().all().forEach((name, tensor) -> {
                assertThat(tensor.equal(before.get(name))).as(name).isTrue();
                assertThat(tensor.grad().defined()).as(name).isFalse();
            });
        }
    }

    @Test
    void letsTheWholeEncoderLearn() throws IOException {
        Encoder copy = representation.network().orElseThrow().copy(); // always the same object
        score(fineTuning(2), TRAIN, TEST);
        copy.parameters().all().forEach((name, tensor) ->
                assertThat(tensor.equal(network.parameters().all().get(name))).as(name).isFalse());
    }

    @Test
    void leavesNothingBehind() throws IOException {
        score(fineTuning(1), TRAIN, TEST);
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            score(fineTuning(1), TRAIN, TEST);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void scoresNothingWhereThereIsNoNetwork() throws IOException {
        Circle circle = new Circle(new int[] {0, 90}, new int[] {0, 1});
        assertThat(fineTuning(1).evaluate(new EvaluationTask(new Circle.Angles(), Optional.of(circle), circle))).isEmpty();
    }

    @Test
    void saysWhyImagesDoNotAllowIt() {
        refuses(Optional.empty(), TEST, "fine-tune needs labelled images to learn from: give images.train with labels");
        refuses(Optional.of(labelled(0, ImageSet.NO_LABEL)), TEST,
                "fine-tune needs a label for every train image, but stripes 1 has none");
        refuses(Optional.of(TRAIN), labelled(ImageSet.NO_LABEL),
                "fine-tune needs a label for every test image, but stripes 0 has none");
        refuses(Optional.of(labelled(1, 1)), TEST,
                "fine-tune needs train images of at least 2 classes, but all are 'upright'");
        refuses(Optional.of(labelled()), TEST, "fine-tune needs train images of at least 2 classes, but there are none");
        refuses(Optional.of(TRAIN), new Circle(new int[] {7}, new int[] {0}),
                "fine-tune needs the same classes in train and test images, but they are [lying, upright] and [right, up]");
    }

    @Test
    void saysWhenTheEncoderHasNoDropPath() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> score(new FineTuneEvaluator(config(1, 2, 0.1)), TRAIN, TEST))
                .withMessage("this encoder has no drop path");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(() -> config(0, 2, 0), "epochs must be at least 1, but is 0");
        refuses(() -> config(1, 1, 0), "batch must be at least 2, but is 1");
        refuses(() -> config(1, 2, 1), "drop-path must be at least 0 and less than 1, but is 1.0");
        refuses(() -> config(0, 0, OptionalDouble.empty(), 1, 1, 1), "base-learning-rate must be more than 0, but is 0.0");
        refuses(() -> config(1, 2, OptionalDouble.empty(), 1, 1, 1), "min-learning-rate must be between 0 and 1, but is 2.0");
        refuses(() -> config(1, 0, OptionalDouble.of(9), 1, 1, 1), "warmup-epochs must be less than epochs, but is 9.0 of 9");
        refuses(() -> config(1, 0, OptionalDouble.empty(), 0, 1, 1), "layer-decay must be more than 0 and at most 1, but is 0.0");
        refuses(() -> config(1, 0, OptionalDouble.empty(), 1, 1.5, 1), "mixup must be between 0 and 1, but is 1.5");
        refuses(() -> new FineTuneEvaluator.Config(9, 8, 1, 0, OptionalDouble.empty(), 0, 1, 0, 0, 0, 0, 10.5, 0, 5),
                "rand-augment must be between 0 and 10, but is 10.5");
        refuses(() -> config(1, 0, OptionalDouble.empty(), 1, 1, -1), "cutmix must be between 0 and 1, but is -1.0");
    }

    private Score score(FineTuneEvaluator evaluator, ImageSet train, ImageSet test) throws IOException {
        List<Score> scores = evaluator.evaluate(new EvaluationTask(representation, Optional.of(train), test));
        assertThat(scores).hasSize(1);
        return scores.get(0);
    }

    private void refuses(Optional<ImageSet> train, ImageSet test, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fineTuning(1).evaluate(new EvaluationTask(representation, train, test))).withMessage(message);
    }

    private static void refuses(Runnable attempt, String message) {
        assertThatIllegalArgumentException().isThrownBy(attempt::run).withMessage(message);
    }

    private static Striped labelled(int... labels) {
        return new Striped(labels, true, 9);
    }

    private static FineTuneEvaluator fineTuning(int epochs) {
        return new FineTuneEvaluator(config(epochs, 64, 0));
    }

    private static FineTuneEvaluator.Config config(int epochs, int batch, double dropPath) {
        return new FineTuneEvaluator.Config(
                epochs, batch, 0.1, 1e-6, OptionalDouble.empty(), 0.05, 0.65, dropPath, 0.1, 0.8, 1, 9, 0.25, 5);
    }

    private static FineTuneEvaluator.Config config(double baseLearningRate, double minLearningRate, OptionalDouble warmupEpochs,
            double layerDecay, double mixup, double cutmix) {
        return new FineTuneEvaluator.Config(9, 8, baseLearningRate, minLearningRate, warmupEpochs, 0.05, layerDecay, 0.1, 0.1,
                mixup, cutmix, 9, 0.25, 5);
    }
}
