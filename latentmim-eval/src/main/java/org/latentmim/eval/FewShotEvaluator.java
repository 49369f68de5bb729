package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.linalg_qr;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/** Logistic regression on the frozen features of a few train images of each class, several times with others. */
final class FewShotEvaluator implements Evaluator {

    private static final String NAME = "few-shot";
    private static final long BLOCK = 1L << 13;

    @Meaning("Accuracy of logistic regression on the features of a few train images of each class, drawn several times")
    record Config(
            @Default("[1, 2, 4, 8, 16]") @Meaning("numbers of train images of each class, one score each") List<Integer> shots,
            @Default("[0.01, 0.1]")
                    @Meaning("shares of the train images of each class, at least 1 of each, one score each; between 0 and 1")
                    List<Double> shares,
            @Default("[1.0e-4, 1.0e-3, 0.01, 0.1, 1.0, 10.0, 100.0]")
                    @Meaning("weights of the data against the penalty to choose from, each more than 0")
                    List<Double> c,
            @Default("[0, 1, 2]") @Meaning("seeds of the draws, at least 2") List<Long> seeds) {

        Config {
            shots = List.copyOf(shots);
            shares = List.copyOf(shares);
            c = c.stream().sorted().toList();
            seeds = List.copyOf(seeds);
            if (shots.stream().anyMatch(number -> number < 1)) {
                throw new IllegalArgumentException("shots must be at least 1, but are " + shots);
            }
            if (!shares.stream().allMatch(share -> share > 0 && share < 1)) {
                throw new IllegalArgumentException("shares must be between 0 and 1, but are " + shares);
            }
            if (new HashSet<>(shots).size() < shots.size()) {
                throw new IllegalArgumentException("shots must name each number once, but are " + shots);
            }
            if (new HashSet<>(shares).size() < shares.size()) {
                throw new IllegalArgumentException("shares must name each number once, but are " + shares);
            }
            if (c.isEmpty() || !c.stream().allMatch(weight -> weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("c must name numbers of more than 0, but is " + c);
            }
            if (seeds.size() < 2 || new HashSet<>(seeds).size() < seeds.size()) {
                throw new IllegalArgumentException("seeds must name at least 2 different numbers, but are " + seeds);
            }
        }
    }

    private final Config config;

    @Inject
    FewShotEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Supervised images = Supervised.of(NAME, task);
        List<Split> splits = new ArrayList<>();
        for (int shots : config.shots()) {
            splits.add(new Split(shots + "-shot", shots + " train images of each class", members -> shots));
        }
        for (double share : config.shares()) {
            String percent = String.format(Locale.ROOT, "%.4g", 100 * share).replaceAll("\\.?0+$", "") + "%";
            splits.add(new Split(percent + " of each class", percent + " of the train images of each class",
                    members -> Math.max(1, (int) Math.round(share * members))));
        }
        splits.forEach(split -> split.check(images.trainLabels()));
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Fits fits = new Fits(images, task.representation());
            return splits.stream().map(fits::score).toList();
        }
    }

    /**
     * How many images of a class to learn from.
     *
     * @param name of the score
     * @param words of the images
     * @param shots of so many images of a class
     */
    private record Split(String name, String words, IntUnaryOperator shots) {

        /** Images of a class by which {@code c} is chosen: as many as were learned from, up to 4, and at least a tenth. */
        static int choosing(int shots) {
            return Math.max(Math.min(shots, 4), shots / 10);
        }

        void check(ClassLabels labels) {
            int[] members = labels.sizes();
            for (int label = 0; label < members.length; label++) {
                int learning = shots.applyAsInt(members[label]);
                int choosing = choosing(learning);
                if (learning + choosing > members[label]) {
                    throw new IllegalArgumentException(NAME + " with " + words + " needs " + (learning + choosing) + " of '"
                            + labels.classes().get(label) + "', " + choosing + " of them to choose c by, but there "
                            + (members[label] == 1 ? "is 1" : "are " + members[label]));
                }
            }
        }
    }

    /** The features, and classifiers of some of them. */
    private final class Fits {

        private final Supervised images;
        private final Representation representation;
        private final Tensor train;
        private final Tensor test;
        private final Tensor trainLabels;
        private final Tensor testLabels;

        Fits(Supervised images, Representation representation) throws IOException {
            this.images = images;
            this.representation = representation;
            this.train = representation.features(images.train());
            this.test = representation.features(images.test());
            this.trainLabels = images.trainLabels().tensor();
            this.testLabels = images.testLabels().tensor();
        }

        Score score(Split split) {
            List<Fit> fits = config.seeds().stream().map(seed -> fit(split, seed)).toList();
            return Spread.of(fits.stream().mapToDouble(Fit::percent))
                    .score(split.name(), "logistic regression of " + split.words() + ", standardised, by L-BFGS, c chosen by"
                            + " others; " + representation.protocol(), images.test().size(), "seeds")
                    .with("seeds", config.seeds())
                    .with("c", fits.stream().map(Fit::c).toList())
                    .with("c-grid", config.c())
                    .with("train-images", fits.get(0).learning())
                    .with("choosing-images", fits.get(0).choosing());
        }

        private Fit fit(Split split, long seed) {
            List<int[]> drawn = images.trainLabels().shuffled(new Randomness(seed).generator(Purpose.SAMPLE, 0, 0));
            int[] learning = drawn.stream()
                    .flatMapToInt(members -> IntStream.of(members).limit(split.shots().applyAsInt(members.length)))
                    .toArray();
            int[] choosing = drawn.stream()
                    .flatMapToInt(members -> {
                        int shots = split.shots().applyAsInt(members.length);
                        return IntStream.of(members).skip(shots).limit(Split.choosing(shots));
                    })
                    .toArray();
            try (PointerScope scope = new PointerScope()) {
                return fit(Indices.of(learning), Indices.of(choosing));
            }
        }

        private Fit fit(Tensor learning, Tensor choosing) {
            Standardization scale = Standardization.of(train, learning);
            Tensor learned = train.index_select(0, learning);
            UnaryOperator<Tensor> precise = precise(scale, learned);
            Tensor features = precise.apply(learned);
            Tensor labels = representation.place(trainLabels.index_select(0, learning));
            Tensor others = precise.apply(train.index_select(0, choosing));
            Tensor otherLabels = trainLabels.index_select(0, choosing);
            LogisticRegression regression = new LogisticRegression(features, images.classes());
            double best = config.c().get(0);
            double most = -1;
            for (double c : config.c()) {
                regression.fit(features, labels, c);
                double percent = Hits.of(regression.named(others).cpu(), otherLabels).percent();
                if (percent > most) {
                    most = percent;
                    best = c;
                }
            }
            regression.fit(features, labels, best);
            return new Fit(best, judged(regression, precise), learning.size(0), choosing.size(0));
        }

        private double judged(LogisticRegression regression, UnaryOperator<Tensor> precise) {
            Tensor named = empty(new long[] {test.size(0)}, new TensorOptions(ScalarType.Long), null);
            for (long start = 0; start < test.size(0); start += BLOCK) {
                long size = Math.min(BLOCK, test.size(0) - start);
                try (PointerScope block = new PointerScope()) {
                    named.narrow(0, start, size).copy_(regression.named(precise.apply(test.narrow(0, start, size))));
                }
            }
            return Hits.of(named, testLabels).percent();
        }

        /**
         * Standardises, and turns fewer images than features into as many numbers as there are images: the best weights lie in their
         * span, and a turn changes neither logits nor penalty.
         */
        private UnaryOperator<Tensor> precise(Standardization scale, Tensor learning) {
            UnaryOperator<Tensor> standard = features -> representation.place(scale.of(features)).to(ScalarType.Double);
            if (learning.size(0) >= learning.size(1)) {
                return standard;
            }
            Tensor span = linalg_qr(standard.apply(learning).t()).get0();                                    // [D, n]
            return features -> standard.apply(features).mm(span);
        }
    }

    /**
     * A classifier that was judged.
     *
     * @param c the weight that was chosen
     * @param percent of the test images that it names rightly
     * @param learning images that it learned from
     * @param choosing images that chose {@code c}
     */
    private record Fit(double c, double percent, long learning, long choosing) {}
}
