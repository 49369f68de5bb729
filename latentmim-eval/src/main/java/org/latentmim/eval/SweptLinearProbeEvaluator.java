package org.latentmim.eval;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Linear classifiers on frozen features, one for each pair of a learning rate and a weight decay, that learn side by side from
 * the same passes over the features, by successive halving (Jamieson and Talwalkar, 2016): train images held out say which half
 * is given up now and then, and which one is the best at the end; this alone sees the test images.
 */
final class SweptLinearProbeEvaluator implements Evaluator {

    private static final String NAME = "swept-linear-probe";

    @Meaning("Accuracy of the best of many linear classifiers on frozen features, which differ in learning rate and weight decay")
    record Config(
            @Default("[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]") @Meaning("highest learning rates to try, each more than 0")
                    List<Double> learningRates,
            @Default("[0.0, 1.0e-4, 1.0e-2]") @Meaning("weight decays to try with each rate, none below 0")
                    List<Double> weightDecays,
            @Default("30") @Meaning("passes over the train images, at least 1") int epochs,
            @Default("512") @Meaning("images in a step, at least 2; an eighth of all where that is fewer") int batch,
            @Default("0.1") @Meaning("share of the train images by which the best is chosen, between 0 and 1") double heldOut,
            @Default("[0.03, 0.1, 0.25]") @Meaning("shares of the epochs after which the poorer half of the settings is given up;"
                            + " [] to train all to the end")
                    List<Double> halveAt,
            @Default("0") @Meaning("seed of the images held out, the first weights, the order and the interval") long seed) {

        Config {
            learningRates = List.copyOf(learningRates);
            weightDecays = List.copyOf(weightDecays);
            halveAt = List.copyOf(halveAt);
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
            if (!halveAt.stream().allMatch(share -> share > 0 && share < 1)) {
                throw new IllegalArgumentException("halve-at must be between 0 and 1, but is " + halveAt);
            }
            if (!(heldOut > 0 && heldOut < 1)) {
                throw new IllegalArgumentException("held-out must be between 0 and 1, but is " + heldOut);
            }
        }

        private boolean halvesAfter(int epoch) {
            return halveAt.stream().anyMatch(share -> epoch + 1 == (int) Math.ceil(share * epochs));
        }

        private List<Sweep.Setting> settings() {
            return learningRates.stream()
                    .flatMap(rate -> weightDecays.stream().map(decay -> new Sweep.Setting(rate, decay)))
                    .toList();
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
        List<Sweep.Setting> settings = config.settings();
        Representation representation = task.representation();
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            int[] order = new Randomness(config.seed()).order(-1, size); // before the first epoch
            int[] choosing = Arrays.copyOf(order, held);
            int[] learning = Arrays.copyOfRange(order, held, size);
            int batch = Minibatches.size(config.batch(), learning.length);
            Tensor features = representation.place(representation.features(images.train()));
            Tensor labels = representation.place(images.trainLabels().tensor());
            Standardization scale = Standardization.of(features, representation.place(Indices.of(learning)));
            Tensor chosenBy = representation.place(Indices.of(choosing));
            Tensor chosenLabels = labels.index_select(0, chosenBy).cpu();
            Sweep sweep = new Sweep(settings, images.classes(), features.size(1), config.seed(), representation::place);
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                sweep.learn(features, labels, scale, learning, batch, epoch, config.epochs());
                if (config.halvesAfter(epoch)) {
                    List<Integer> best = best(sweep, scale, features, chosenBy, chosenLabels);
                    sweep.keep(best.subList(0, (best.size() + 1) / 2));
                }
            }
            sweep.keep(best(sweep, scale, features, chosenBy, chosenLabels).subList(0, 1));

            Tensor test = representation.features(images.test());
            Tensor named = sweep.heads()
                    .named(test.size(0), (start, count) -> scale.of(representation.place(test.narrow(0, start, count))))
                    .squeeze(1);
            Sweep.Setting best = sweep.settings().get(0);
            return List.of(Hits.of(named, images.testLabels().tensor())
                    .score("accuracy", "best of " + settings.size() + " linear classifiers by " + held + " of " + size
                            + " train images, learned from the others, standardised, SGD, " + config.epochs() + " epochs; "
                            + representation.protocol(), config.seed())
                    .with("learning-rate", best.rate()).with("weight-decay", best.decay())
                    .with("learning-rates", config.learningRates()).with("weight-decays", config.weightDecays())
                    .with("halve-at", config.halveAt()).with("held-out", held).with("epochs", config.epochs())
                    .with("batch", batch).with("seed", config.seed()));
        }
    }

    /** Returns the classifiers by how many images they name rightly, the best first. */
    private static List<Integer> best(Sweep sweep, Standardization scale, Tensor features, Tensor images, Tensor labels) {
        long[] right = new long[sweep.settings().size()];
        try (PointerScope scope = new PointerScope()) {
            sweep.heads()
                    .named(images.size(0), (start, size) -> scale.of(features.index_select(0, images.narrow(0, start, size))))
                    .eq(labels.unsqueeze(1)).sum(0).data_ptr_long().get(right);
        }
        return IntStream.range(0, right.length).boxed().sorted(Comparator.comparing(head -> -right[head])).toList();
    }
}
