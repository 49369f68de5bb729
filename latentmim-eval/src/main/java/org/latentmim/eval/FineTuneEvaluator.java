package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Network;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Score;
import org.latentmim.train.LearningRate;
import org.latentmim.train.Optimization;
import org.latentmim.train.SetbackConfig;
import org.latentmim.train.TrainConfig;
import org.latentmim.vit.Patchify;

/** The whole encoder learns to classify, by MAE's recipe; a copy does, so that what is judged stays as it is. */
final class FineTuneEvaluator implements Evaluator {

    private static final String NAME = "fine-tune";
    private static final double HEAD_DEVIATION = 2e-5;
    private static final double NORM_EPSILON = 1e-6;

    @Meaning("Accuracy after the whole encoder has learned to classify, by MAE's recipe; trains it anew for each representation")
    record Config(
            @Meaning("passes over the train images, at least 1; MAE takes 100 on ImageNet") int epochs,
            @Default("64") @Meaning("images in a step, at least 2; an eighth of all where that is fewer") int batch,
            @Default("5.0e-4") @Meaning("learning rate for a batch of 256; the peak is this x batch / 256")
                    double baseLearningRate,
            @Default("1.0e-6") @Meaning("learning rate at the end of the cosine, at least 0") double minLearningRate,
            @Meaning("epochs in which the rate rises from 0, less than epochs; a twentieth of them, as published, if left out")
                    OptionalDouble warmupEpochs,
            @Default("0.05") @Meaning("AdamW's decay of matrices, at least 0") double weightDecay,
            @Default("0.65") @Meaning("by which the rate is multiplied from a block to the one before, more than 0, at most 1")
                    double layerDecay,
            @Default("0.1") @Meaning("chance that an image skips a branch of the last block, at least 0 and less than 1")
                    double dropPath,
            @Default("0.1") @Meaning("share of the targets that all classes have alike, at least 0 and less than 1")
                    double labelSmoothing,
            @Default("0.8") @Meaning("both parameters of mixup's beta distribution, from 0 to 1; 0 for none") double mixup,
            @Default("1.0") @Meaning("both parameters of CutMix's beta distribution, from 0 to 1; 0 for none") double cutmix,
            @Default("9.0") @Meaning("strength of RandAugment's two changes of an image, from 0 to 10; 0 for none") double randAugment,
            @Default("0.25") @Meaning("chance that a part of an image is erased, from 0 to 1") double erasing,
            @Default("0") @Meaning("seed of the classifier, the order, all chance and the interval") long seed) {

        Config {
            if (batch < 2) {
                throw new IllegalArgumentException("batch must be at least 2, but is " + batch);
            }
            share(minLearningRate, "min-learning-rate");
            if (!(layerDecay > 0 && layerDecay <= 1)) {
                throw new IllegalArgumentException("layer-decay must be more than 0 and at most 1, but is " + layerDecay);
            }
            lessThanOne(dropPath, "drop-path");
            lessThanOne(labelSmoothing, "label-smoothing");
            share(mixup, "mixup");
            share(cutmix, "cutmix");
            share(erasing, "erasing");
            if (!(randAugment >= 0 && randAugment <= 10)) {
                throw new IllegalArgumentException("rand-augment must be between 0 and 10, but is " + randAugment);
            }
            schedule(epochs, batch, baseLearningRate, minLearningRate, warmupEpochs, weightDecay);
        }

        /** The learning rate, decay and moments of AdamW for steps of so many images. */
        TrainConfig schedule(int ofStep) {
            return schedule(epochs, ofStep, baseLearningRate, minLearningRate, warmupEpochs, weightDecay);
        }

        private static TrainConfig schedule(int epochs, int batch, double baseLearningRate, double minLearningRate,
                OptionalDouble warmupEpochs, double weightDecay) {
            double floor = baseLearningRate > 0 ? Math.min(1, minLearningRate / (baseLearningRate * batch / 256)) : 0;
            return new TrainConfig(epochs, batch, 1, baseLearningRate, warmupEpochs.orElse(epochs / 20.0), OptionalDouble.of(0),
                    floor, LearningRate.Shape.COSINE, 1, List.of(), 0.1, weightDecay, OptionalDouble.empty(),
                    List.of(0.9, 0.999), OptionalDouble.empty(), false, new SetbackConfig(1, 0, 1));
        }

        private static void share(double value, String name) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value);
            }
        }

        private static void lessThanOne(double value, String name) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException(name + " must be at least 0 and less than 1, but is " + value);
            }
        }
    }

    private final Config config;

    @Inject
    FineTuneEvaluator(Config config) {
        this.config = config;
    }

    /** Returns no score of a representation that has no network, such as the pixels. */
    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Supervised images = Supervised.of(NAME, task);
        Optional<Network> network = task.representation().network();
        if (network.isEmpty()) {
            return List.of();
        }
        try (PointerScope scope = new PointerScope()) {
            Generator generator = torch.getDefaultCPUGenerator();
            Tensor before = generator.get_state();
            try {
                return List.of(score(images, network.get(), task.representation().grid()));
            } finally {
                generator.set_state(before);
            }
        }
    }

    private Score score(Supervised images, Network network, PatchGrid grid) {
        int batch = Minibatches.size(config.batch(), images.train().size());
        String protocol = String.format(Locale.ROOT, "the whole encoder fine-tuned on %d train images by MAE's recipe for %d"
                        + " epochs: random views as in training, RandAugment %s, mixup %s, CutMix %s, erasing %s, label smoothing"
                        + " %s, drop path %s, layer decay %s; mean of the last block's patch tokens, norm and linear classifier,"
                        + " weights of the last step; %s",
                images.train().size(), config.epochs(), config.randAugment(), config.mixup(), config.cutmix(), config.erasing(),
                config.labelSmoothing(), config.dropPath(), config.layerDecay(), network.protocol());
        return hits(images, network, grid, batch).score("accuracy", protocol, config.seed())
                .with("epochs", config.epochs()).with("batch", batch).with("base-learning-rate", config.baseLearningRate())
                .with("min-learning-rate", config.minLearningRate())
                .with("warmup-epochs", config.schedule(batch).warmupEpochs()).with("weight-decay", config.weightDecay())
                .with("layer-decay", config.layerDecay()).with("drop-path", config.dropPath())
                .with("label-smoothing", config.labelSmoothing()).with("mixup", config.mixup()).with("cutmix", config.cutmix())
                .with("rand-augment", config.randAugment()).with("erasing", config.erasing()).with("seed", config.seed());
    }

    private Hits hits(Supervised images, Network network, PatchGrid grid, int batch) {
        try (Classifier classifier = new Classifier(network, grid, images.classes())) {
            classifier.learn(images, batch);
            return classifier.judge(images);
        }
    }

    /** A copy of the encoder with a norm and a linear layer behind the mean of its patch tokens. */
    private final class Classifier implements AutoCloseable {

        private final Network network;
        private final Encoder encoder;
        private final Patchify patchify;
        private final int classes;
        private final Parameters head = new Parameters();
        private final Randomness randomness = new Randomness(config.seed());
        private final RandAugment randAugment = new RandAugment(config.randAugment());
        private final Erasing erasing = new Erasing(config.erasing());
        private final Mixing mixing = new Mixing(config.mixup(), config.cutmix());
        private final TensorOptional normWeight;
        private final TensorOptional normBias;
        private final Tensor weight;
        private final TensorOptional bias;
        private long steps;

        Classifier(Network network, PatchGrid grid, int classes) {
            this.network = network;
            this.encoder = network.copy().withDropPath(config.dropPath());
            this.patchify = new Patchify(grid);
            this.classes = classes;
            int width = encoder.width();
            Tensor small = empty(new long[] {classes, width}, new TensorOptions(ScalarType.Float), null)
                    .normal_(0, HEAD_DEVIATION, new GeneratorOptional(make_generator_cpu(config.seed())));
            this.normWeight = new TensorOptional(head.learn("fc_norm.weight", ones(width)));
            this.normBias = new TensorOptional(head.learn("fc_norm.bias", zeros(width)));
            this.weight = head.learn("head.weight", small);
            this.bias = new TensorOptional(head.learn("head.bias", zeros(classes)));
            network.place(head);
        }

        void learn(Supervised images, int batch) {
            LayerDecay layers = LayerDecay.of(config.layerDecay(), encoder.parameters());
            try (Optimization optimization = new Optimization(config.schedule(batch),
                    Map.of("encoder", encoder.parameters(), "classifier", head), layers::treatment)) {
                long[] labels = images.trainLabels().values();
                network.showRandom(images.train(), batch, config.epochs(), config.seed(), (patches, shown, epoch) -> {
                    randomness.seedNetworks(steps);
                    optimization.begin(epoch, false);
                    Tensor ofShown = AbstractTensor.create(IntStream.of(shown).mapToLong(image -> labels[image]).toArray());
                    optimization.checked(loss(patches, Compute.beside(patches.values(), ofShown))).backward();
                    optimization.finish();
                    steps++;
                });
            }
        }

        private Tensor loss(Patches patches, Tensor labels) {
            RandomGenerator random = randomness.generator(Purpose.SAMPLE, steps, 0);
            Tensor pixels = patchify.join(patches.values());
            randAugment.of(pixels, network.mean(), network.deviation(), random);
            erasing.of(pixels, random);
            double share = mixing.of(pixels, random);
            int[] withoutGap = new int[2 * patchify.grid().cells() * (int) pixels.size(0)];
            Tensor logits = logits(new Patches(patchify.cut(pixels, withoutGap), patches.ids()));
            return Mixing.loss(logits, Mixing.targets(labels, classes, share, config.labelSmoothing(), logits));
        }

        private Tensor logits(Patches patches) {
            Tensor tokens = network.tokens(encoder, patches);
            Tensor mean = tokens.narrow(1, encoder.prefixTokens(), patches.ids().size(1)).mean(1);
            Tensor normalised = layer_norm(mean, new long[] {encoder.width()}, normWeight, normBias, NORM_EPSILON, true);
            return linear(normalised, weight, bias);
        }

        Hits judge(Supervised images) {
            Tensor named = empty(new long[] {images.test().size()}, new TensorOptions(ScalarType.Long), null);
            long[] done = {0};
            network.showMiddle(images.test(), (patches, shown, epoch) -> {
                try (NoGradGuard frozen = new NoGradGuard()) {
                    named.narrow(0, done[0], shown.length).copy_(logits(patches).argmax(new LongOptional(1), false));
                    done[0] += shown.length;
                }
            });
            return Hits.of(named, images.testLabels().tensor());
        }

        @Override
        public void close() {
            head.all().values().forEach(Tensor::close);
        }
    }
}
