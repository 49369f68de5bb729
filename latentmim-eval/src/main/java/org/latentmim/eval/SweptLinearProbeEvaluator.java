package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.Score;

/**
 * Linear classifiers on frozen features, one for each pair of a learning rate and a weight decay, that learn side by side from the
 * same passes over the features. Train images held out choose one of them; only this one sees the test images.
 */
final class SweptLinearProbeEvaluator implements Evaluator {

    private static final String NAME = "swept-linear-probe";
    private static final double MOMENTUM = 0.9;

    @Meaning("Accuracy of the best of many linear classifiers on frozen features, which differ in learning rate and weight decay")
    record Config(
            @Default("[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]") @Meaning("highest learning rates to try, each more than 0")
                    List<Double> learningRates,
            @Default("[0.0, 1.0e-4, 1.0e-2]") @Meaning("weight decays to try with each rate, none below 0") List<Double> weightDecays,
            @Default("30") @Meaning("passes over the train images, at least 1") int epochs,
            @Default("512") @Meaning("images in a step, at least 2; an eighth of all where that is fewer") int batch,
            @Default("0.1") @Meaning("share of the train images by which the best is chosen, between 0 and 1") double heldOut,
            @Default("0") @Meaning("seed of the images held out, the first weights, the order and the interval") long seed) {

        Config {
            learningRates = List.copyOf(learningRates);
            weightDecays = List.copyOf(weightDecays);
            for (double rate : learningRates) {
                if (!(rate > 0) || Double.isInfinite(rate)) {
                    throw new IllegalArgumentException("learning-rates must be more than 0, but are " + learningRates);
                }
            }
            for (double decay : weightDecays) {
                if (!(decay >= 0) || Double.isInfinite(decay)) {
                    throw new IllegalArgumentException("weight-decays must not be below 0, but are " + weightDecays);
                }
            }
            if (learningRates.isEmpty() || weightDecays.isEmpty()) {
                throw new IllegalArgumentException("learning-rates and weight-decays must each name a number");
            }
            if (epochs < 1) {
                throw new IllegalArgumentException("epochs must be at least 1, but is " + epochs);
            }
            if (batch < 2) {
                throw new IllegalArgumentException("batch must be at least 2, but is " + batch);
            }
            if (!(heldOut > 0 && heldOut < 1)) {
                throw new IllegalArgumentException("held-out must be between 0 and 1, but is " + heldOut);
            }
        }

        private int settings() {
            return learningRates.size() * weightDecays.size();
        }

        private double rate(int setting) {
            return learningRates.get(setting / weightDecays.size());
        }

        private double decay(int setting) {
            return weightDecays.get(setting % weightDecays.size());
        }
    }

    private final Config config;

    @Inject
    SweptLinearProbeEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Supervised images = Supervised.of(NAME, task);
        int size = images.train().size();
        int held = Math.max(1, (int) (size * config.heldOut()));
        Representation representation = task.representation();
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            int[] order = new Randomness(config.seed()).order(-1, size); // before the first epoch
            int[] choosing = Arrays.copyOf(order, held);
            int[] learning = Arrays.copyOfRange(order, held, size);
            Tensor features = representation.place(representation.features(images.train()));
            Tensor labels = representation.place(images.trainLabels().tensor());
            Standardization scale = Standardization.of(features, representation.place(Indices.of(learning)));
            Sweep sweep = new Sweep(images.classes(), features.size(1), representation);
            sweep.learn(features, labels, scale, learning);

            Tensor chosenBy = representation.place(Indices.of(choosing));
            Tensor right = sweep.heads.named(held, (start, count) -> scale.of(features.index_select(0, chosenBy.narrow(0, start, count))))
                    .eq(labels.index_select(0, chosenBy).cpu().unsqueeze(1)).sum(0);
            int best = (int) right.argmax().item_long();

            Tensor test = representation.features(images.test());
            Tensor named = sweep.heads
                    .named(test.size(0), (start, count) -> scale.of(representation.place(test.narrow(0, start, count))))
                    .select(1, best);
            return List.of(Hits.of(named, images.testLabels().tensor())
                    .score("swept linear probe", "best of " + config.settings() + " linear classifiers by " + held + " of " + size
                            + " train images, learned from the others, standardised, SGD, " + config.epochs() + " epochs; "
                            + representation.protocol(), config.seed())
                    .with("learning-rate", config.rate(best)).with("weight-decay", config.decay(best))
                    .with("learning-rates", config.learningRates()).with("weight-decays", config.weightDecays())
                    .with("held-out", held).with("epochs", config.epochs())
                    .with("batch", Minibatches.size(config.batch(), learning.length)).with("seed", config.seed()));
        }
    }

    /** All classifiers, with momentum. */
    private final class Sweep {

        private final LinearHeads heads;
        private final Tensor weightVelocity;
        private final Tensor biasVelocity;
        private final Tensor rates;
        private final Tensor decays;
        private final Representation representation;

        Sweep(int classes, long width, Representation representation) {
            this.heads = LinearHeads.random(classes, config.settings(), width, config.seed(), representation::place);
            this.weightVelocity = zeros_like(heads.weight());
            this.biasVelocity = zeros_like(heads.bias());
            this.rates = representation.place(perRow(classes, config::rate));
            this.decays = representation.place(perRow(classes, config::decay)).unsqueeze(1);
            this.representation = representation;
        }

        /** One number for each row of weights, in the order of {@link LinearHeads}. */
        private Tensor perRow(int classes, IntToDoubleFunction number) {
            double[] numbers = IntStream.range(0, config.settings()).mapToDouble(number).toArray();
            return AbstractTensor.create(numbers).to(ScalarType.Float).repeat(classes);
        }

        void learn(Tensor features, Tensor labels, Standardization scale, int[] images) {
            int batch = Minibatches.size(config.batch(), images.length);
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                try (PointerScope scope = new PointerScope()) {
                    int[] order = new Randomness(config.seed()).order(epoch, images.length);
                    Minibatches batches = new Minibatches(
                            IntStream.of(order).map(i -> images[i]).toArray(), batch, representation::place);
                    for (int step = 0; step < batches.count(); step++) {
                        double done = (epoch + (double) step / batches.count()) / config.epochs();
                        step(scale, features, labels, batches.rows(step), Schedule.cosine(1, 0).at(done));
                    }
                }
            }
        }

        private void step(Standardization scale, Tensor features, Tensor labels, Tensor rows, double share) {
            try (PointerScope scope = new PointerScope()) {
                Tensor shown = scale.of(features.index_select(0, rows));
                Tensor residual = heads.residual(shown, labels.index_select(0, rows));
                Tensor rate = rates.mul(new Scalar(-share));
                weightVelocity.addmm_(residual.t(), shown, new Scalar(MOMENTUM), new Scalar(1)).addcmul_(heads.weight(), decays);
                biasVelocity.mul_(new Scalar(MOMENTUM)).add_(residual.sum(0));
                heads.weight().addcmul_(weightVelocity, rate.unsqueeze(1));
                heads.bias().addcmul_(biasVelocity, rate);
            }
        }
    }
}
