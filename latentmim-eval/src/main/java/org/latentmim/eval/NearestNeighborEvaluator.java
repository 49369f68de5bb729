package org.latentmim.eval;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/** Asks the nearest images for their label: within the test images, and from the train images where there are any. */
final class NearestNeighborEvaluator implements Evaluator {

    @Meaning("Accuracy of the nearest images' labels, by cosine similarity of the features")
    record Config(
            @Default("[20]") @Meaning("numbers of train images that vote, one score each; [] to leave the train images out")
                    List<Integer> k,
            @Default("0.07") @Meaning("a vote weighs exp(similarity / temperature), more than 0") double temperature) {

        Config {
            k = List.copyOf(k);
            for (int neighbors : k) {
                if (neighbors < 1) {
                    throw new IllegalArgumentException("k must be at least 1, but is " + neighbors);
                }
            }
            if (new HashSet<>(k).size() < k.size()) {
                throw new IllegalArgumentException("k must name each number once, but is " + k);
            }
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException("temperature must be more than 0, but is " + temperature);
            }
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
            throw new IllegalArgumentException("nearest-neighbor needs at least 2 test images, but there is 1");
        }
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor testLabels = labels(test, "test");
            Optional<ImageSet> gallery = task.train().filter(train -> !config.k().isEmpty());
            Optional<Tensor> trainLabels = gallery.map(train -> trainLabels(train, test));
            Tensor testFeatures = representation.features(test);
            List<Score> scores = new ArrayList<>();
            scores.add(new Score("1-nn leave-one-out", NearestNeighbors.leaveOneOut(testFeatures, testLabels), "%", test.size(),
                    "label of the most similar of the " + (test.size() - 1) + " other test images by cosine; "
                            + representation.protocol()));
            if (trainLabels.isPresent()) {
                ImageSet train = gallery.orElseThrow();
                List<Double> accuracies = NearestNeighbors.weighted(representation.features(train), trainLabels.get(),
                        testFeatures, testLabels, test.classes().size(), config.k(), config.temperature());
                for (int i = 0; i < accuracies.size(); i++) {
                    int k = config.k().get(i);
                    scores.add(new Score(k + "-nn train to test", accuracies.get(i), "%", test.size(),
                            "vote of the " + k + " most similar of " + train.size() + " train images by cosine, weights"
                                    + " exp(similarity / " + config.temperature() + "); " + representation.protocol()));
                }
            }
            return scores;
        }
    }

    private Tensor trainLabels(ImageSet train, ImageSet test) {
        if (!train.classes().equals(test.classes())) {
            throw new IllegalArgumentException("nearest-neighbor needs the same classes in train and test images, but they are "
                    + train.classes() + " and " + test.classes());
        }
        int most = Collections.max(config.k());
        if (most > train.size()) {
            throw new IllegalArgumentException(
                    "nearest-neighbor asks " + most + " train images for their label, but there are only " + train.size());
        }
        return labels(train, "train");
    }

    private static Tensor labels(ImageSet images, String role) {
        long[] labels = new long[images.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = images.label(i);
            if (labels[i] == ImageSet.NO_LABEL) {
                throw new IllegalArgumentException(
                        "nearest-neighbor needs a label for every " + role + " image, but " + images.id(i) + " has none");
            }
        }
        return AbstractTensor.create(labels);
    }
}
