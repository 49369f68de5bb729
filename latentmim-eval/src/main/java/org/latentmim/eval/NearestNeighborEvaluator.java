package org.latentmim.eval;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Asks the nearest images for their label: within the test images, and from the train images, all or a few of each class, where
 * there are any.
 */
final class NearestNeighborEvaluator implements Evaluator {

    private static final String NAME = "nearest-neighbor";

    @Meaning("Accuracy of the nearest images' labels, by cosine similarity of the features")
    record Config(
            @Default("[20]") @Meaning("numbers of train images that vote, one score each; [] to leave the train images out")
                    List<Integer> k,
            @Default("0.07") @Meaning("a vote weighs exp(similarity / temperature), more than 0") double temperature,
            @Default("[]")
                    @Meaning("numbers of train images of each class to ask instead of all, one more score for each and each k")
                    List<Integer> perClass,
            @Default("3") @Meaning("how often images of each class are drawn, at least 2") int tries,
            @Default("0") @Meaning("seed of the draws and of the intervals") long seed) {

        Config {
            k = eachOnce("k", k);
            perClass = eachOnce("per-class", perClass);
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException("temperature must be more than 0, but is " + temperature);
            }
            if (tries < 2) {
                throw new IllegalArgumentException("tries must be at least 2, but is " + tries);
            }
        }

        private static List<Integer> eachOnce(String key, List<Integer> numbers) {
            for (int number : numbers) {
                if (number < 1) {
                    throw new IllegalArgumentException(key + " must be at least 1, but is " + number);
                }
            }
            if (new HashSet<>(numbers).size() < numbers.size()) {
                throw new IllegalArgumentException(key + " must name each number once, but is " + numbers);
            }
            return List.copyOf(numbers);
        }
    }

    private final Config config;

    @Inject
    NearestNeighborEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Representation representation = task.representation();
        ImageSet test = task.test();
        if (test.size() < 2) {
            throw new IllegalArgumentException(NAME + " needs at least 2 test images, but there is 1");
        }
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            ClassLabels testLabels = ClassLabels.of(NAME, "test", test).ofSeveralClasses();
            Optional<ImageSet> gallery = task.train().filter(train -> !config.k().isEmpty());
            Optional<ClassLabels> trainLabels = gallery.map(train -> trainLabels(train, testLabels));
            Gallery queries = new Gallery(representation.features(test), testLabels.tensor());
            List<Score> scores = new ArrayList<>();
            scores.add(leaveOneOut(queries, representation));
            if (trainLabels.isPresent()) {
                ClassLabels labels = trainLabels.get();
                Gallery all = new Gallery(representation.features(gallery.orElseThrow()), labels.tensor());
                Votes votes = new Votes(queries, testLabels.classes().size(), representation);
                scores.addAll(votes.ofAll(all));
                for (int perClass : config.perClass()) {
                    scores.addAll(votes.ofSome(all, labels, perClass));
                }
            }
            return scores;
        }
    }

    private Score leaveOneOut(Gallery test, Representation representation) {
        Tensor nearest = NearestNeighbors.amongOthers(test.features(), 1, representation::place).index().squeeze(1);
        return Hits.of(test.labels().index_select(0, nearest), test.labels())
                .score("1-nn leave-one-out", "label of the most similar of the " + (test.size() - 1) + " other test images by"
                        + " cosine; " + representation.protocol(), config.seed())
                .with("k", 1)
                .with("gallery", "test, without the image itself");
    }

    private ClassLabels trainLabels(ImageSet train, ClassLabels test) {
        int most = Collections.max(config.k());
        if (most > train.size()) {
            throw new IllegalArgumentException(
                    NAME + " asks " + most + " train images for their label, but there are only " + train.size());
        }
        ClassLabels labels = ClassLabels.of(NAME, "train", train).ofTheClassesOf(test).ofSeveralClasses();
        for (int perClass : config.perClass()) {
            labels.ofAtLeast(perClass);
            if (most > (long) perClass * labels.classes().size()) {
                throw new IllegalArgumentException(NAME + " asks " + most + " train images for their label, but " + perClass
                        + " of each class are only " + perClass * labels.classes().size());
            }
        }
        return labels;
    }

    /** Images that know their label. */
    private record Gallery(Tensor features, Tensor labels) {

        long size() {
            return labels.size(0);
        }

        Gallery some(int[] images) {
            Tensor rows = Indices.of(images);
            return new Gallery(features.index_select(0, rows), labels.index_select(0, rows));
        }
    }

    /** What train images say of the test images. */
    private final class Votes {

        private final Gallery queries;
        private final int classes;
        private final Representation representation;

        Votes(Gallery queries, int classes, Representation representation) {
            this.queries = queries;
            this.classes = classes;
            this.representation = representation;
        }

        List<Score> ofAll(Gallery train) {
            List<Hits> hits = of(train);
            return IntStream.range(0, hits.size())
                    .mapToObj(i -> {
                        int k = config.k().get(i);
                        Score score = hits.get(i).score(
                                k + "-nn train to test", protocol(k, train.size() + " train images"), config.seed());
                        return described(score, k, "train");
                    })
                    .toList();
        }

        List<Score> ofSome(Gallery train, ClassLabels labels, int perClass) {
            List<List<Hits>> tries = IntStream.range(0, config.tries())
                    .mapToObj(attempt -> {
                        try (PointerScope scope = new PointerScope()) {
                            return of(train.some(labels.some(perClass, new Randomness(config.seed())
                                    .generator(Purpose.SAMPLE, attempt, perClass))));
                        }
                    })
                    .toList();
            String drawn = perClass + " train images of each class";
            return IntStream.range(0, config.k().size())
                    .mapToObj(i -> {
                        int k = config.k().get(i);
                        Score score = Spread.of(tries.stream().mapToDouble(hits -> hits.get(i).percent()))
                                .score(k + "-nn, " + perClass + " per class", protocol(k, drawn), (int) queries.size(), "tries")
                                .with("tries", config.tries())
                                .with("seed", config.seed());
                        return described(score, k, drawn);
                    })
                    .toList();
        }

        private List<Hits> of(Gallery train) {
            try (PointerScope scope = new PointerScope()) {
                NearestNeighbors found = NearestNeighbors.in(
                        train.features(), queries.features(), Collections.max(config.k()), representation::place);
                return config.k().stream()
                        .map(k -> Hits.of(found.vote(train.labels(), classes, k, config.temperature()), queries.labels()))
                        .toList();
            }
        }

        private String protocol(int k, String asked) {
            return "vote of the " + k + " most similar of " + asked + " by cosine, weights exp(similarity / "
                    + config.temperature() + "); " + representation.protocol();
        }

        private Score described(Score score, int k, String gallery) {
            return score.with("k", k).with("temperature", config.temperature()).with("gallery", gallery);
        }
    }
}
