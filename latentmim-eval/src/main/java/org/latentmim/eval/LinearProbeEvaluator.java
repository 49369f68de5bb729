package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.Score;

/** A linear classifier on frozen features by the protocol of MAE: batch norm without weights, LARS, warm-up, cosine, no decay. */
final class LinearProbeEvaluator implements Evaluator {

    private static final String NAME = "linear-probe";
    private static final double NORM_EPSILON = 1e-6;
    private static final double NORM_MOMENTUM = 0.1;

    @Meaning("Accuracy of a linear classifier on frozen features by MAE's protocol: batch norm without weights, LARS, cosine")
    record Config(
            @Default("90") @Meaning("passes over the train images, at least 1") int epochs,
            @Default("1024") @Meaning("images in a step, at least 2; an eighth of all where that is fewer") int batch,
            @Default("6.4") @Meaning("highest learning rate, more than 0: a step moves the weights by up to a thousandth of it,"
                            + " relative to their size")
                    double learningRate,
            @Default("10") @Meaning("epochs in which the rate rises from 0, from 0 to epochs") double warmupEpochs,
            @Default("false") @Meaning("learn from new random views of the train images in each epoch, as published, not from the"
                            + " same view: each costs as much as finding the features")
                    boolean online,
            @Default("0") @Meaning("seed of the first weights, the order and the interval") long seed) {

        Config {
            if (epochs < 1) {
                throw new IllegalArgumentException("epochs must be at least 1, but is " + epochs);
            }
            if (batch < 2) {
                throw new IllegalArgumentException("batch must be at least 2, but is " + batch);
            }
            if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
                throw new IllegalArgumentException("learning-rate must be more than 0, but is " + learningRate);
            }
            if (!(warmupEpochs >= 0 && warmupEpochs <= epochs)) {
                throw new IllegalArgumentException("warmup-epochs must be between 0 and epochs, but is " + warmupEpochs);
            }
        }
    }

    private final Config config;

    @Inject
    LinearProbeEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Supervised images = Supervised.of(NAME, task);
        Representation representation = task.representation();
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            int batch = Minibatches.size(config.batch(), images.train().size());
            Tensor test = representation.features(images.test());
            Probe probe = new Probe(images.classes(), test.size(1), batch, representation);
            probe.learn(images);
            Tensor named = probe.heads.named(test.size(0), (start, size) -> probe.normalised(
                    representation.place(test.narrow(0, start, size)), false)).squeeze(1);
            String views = config.online() ? "a random view in each epoch" : "the same view in each epoch";
            return List.of(Hits.of(named, images.testLabels().tensor())
                    .score("accuracy", "linear classifier of " + images.train().size() + " train images after batch norm"
                            + " without weights, LARS, " + config.epochs() + " epochs, " + views + "; "
                            + representation.protocol(), config.seed())
                    .with("epochs", config.epochs()).with("batch", batch).with("learning-rate", config.learningRate())
                    .with("warmup-epochs", config.warmupEpochs()).with("weight-decay", 0).with("online", config.online())
                    .with("seed", config.seed()));
        }
    }

    /** The classifier and what is known of the features' range. */
    private final class Probe {

        private final LinearHeads heads;
        private final Tensor mean;
        private final Tensor variance;
        private final Lars weight;
        private final Lars bias;
        private final int batch;
        private final Representation representation;

        Probe(int classes, long width, int batch, Representation representation) {
            this.heads = LinearHeads.random(classes, 1, width, config.seed(), representation::place);
            this.mean = representation.place(zeros(width));
            this.variance = representation.place(ones(width));
            this.weight = new Lars(heads.weight(), 0);
            this.bias = new Lars(heads.bias(), 0);
            this.batch = batch;
            this.representation = representation;
        }

        void learn(Supervised images) throws IOException {
            Tensor labels = representation.place(images.trainLabels().tensor());
            Tensor fixed = config.online() ? null : representation.place(representation.features(images.train()));
            Randomness randomness = new Randomness(config.seed());
            for (int epoch = 0; epoch < config.epochs(); epoch++) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor features = config.online() ? representation.place(representation.views(images.train(), epoch)) : fixed;
                    Minibatches batches = new Minibatches(
                            randomness.order(epoch, images.train().size()), batch, representation::place);
                    for (int step = 0; step < batches.count(); step++) {
                        step(features, labels, batches.rows(step), epoch + (double) step / batches.count());
                    }
                }
            }
        }

        private void step(Tensor features, Tensor labels, Tensor rows, double epoch) {
            try (PointerScope scope = new PointerScope()) {
                Tensor shown = normalised(features.index_select(0, rows), true);
                Tensor residual = heads.residual(shown, labels.index_select(0, rows));
                weight.step(residual.t().matmul(shown), rateAt(epoch));
                bias.step(residual.sum(0), rateAt(epoch));
            }
        }

        private double rateAt(double epoch) {
            double rate = config.learningRate();
            double warmup = config.warmupEpochs();
            return epoch < warmup
                    ? rate * epoch / warmup
                    : Schedule.cosine(rate, 0).at((epoch - warmup) / (config.epochs() - warmup));
        }

        private Tensor normalised(Tensor features, boolean learning) {
            return batch_norm(features, new TensorOptional(), new TensorOptional(), new TensorOptional(mean),
                    new TensorOptional(variance), learning, NORM_MOMENTUM, NORM_EPSILON, false);
        }
    }
}
