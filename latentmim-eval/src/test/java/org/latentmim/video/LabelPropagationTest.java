package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the same written down patch by patch. */
class LabelPropagationTest {

    private static final int WIDTH = 3;
    private static final int LABELS = 3;

    @ParameterizedTest
    @CsvSource({
        "4, 5, 2, 5, 2, 0.1",     // smaller than a tile
        "25, 13, 3, 5, 5, 0.1",   // tiles that are not whole
        "13, 20, 2, 1, 4, 0.07",
        "14, 3, 0, 4, 3, 1",      // the first frame alone
        "6, 6, 1, 2000, 1, 0.5",  // more than there are
        "5, 7, 4, 3, 0, 0.1",     // each patch at its own place
        "9, 8, 3, 5, 100, 0.1"})  // everywhere
    void givesAPatchTheLabelsOfTheOnesThatAreMostLikeIt(
            int rows, int columns, int lastFrames, int topK, int neighborhood, double temperature) {
        Random random = new Random(rows * 100L + columns);
        int frames = 6;
        List<double[][]> features = new ArrayList<>();
        List<double[][]> labels = new ArrayList<>();
        labels.add(new double[rows * columns][LABELS]);
        for (double[] given : labels.get(0)) {
            given[random.nextInt(LABELS)] = 1;
        }
        try (PointerScope scope = new PointerScope()) {
            LabelPropagation propagation = null;
            for (int frame = 0; frame < frames; frame++) {
                double[][] described = new double[rows * columns][WIDTH];
                for (double[] patch : described) {
                    for (int i = 0; i < WIDTH; i++) {
                        patch[i] = (float) random.nextGaussian();
                    }
                }
                features.add(described);
                if (frame == 0) {
                    propagation = new LabelPropagation(config(lastFrames, topK, temperature, neighborhood),
                            tensor(described), tensor(labels.get(0)).view(rows, columns, LABELS));
                    continue;
                }
                labels.add(next(features, labels, rows, columns, lastFrames, topK, neighborhood, temperature));
                Tensor found = propagation.next(tensor(described));
                assertThat(found.shape()).containsExactly(rows, columns, LABELS);
                FloatIndexer values = found.createIndexer();
                double furthest = 0;
                for (int i = 0; i < rows * columns; i++) {
                    for (int label = 0; label < LABELS; label++) {
                        double value = values.get(i / columns, i % columns, label);
                        furthest = Math.max(furthest, Math.abs(value - labels.get(frame)[i][label]));
                    }
                }
                assertThat(furthest).as("frame %d", frame).isLessThan(1e-4);
            }
        }
    }

    @Test
    void patchesEquallyFarBehindAllHaveAVote() {
        try (PointerScope scope = new PointerScope()) {
            Tensor first = AbstractTensor.create(new float[] {1, 0, 0, 1, 0, 1, 0, 1}, 4, 2);
            Tensor labels = AbstractTensor.create(new float[] {1, 0, 0, 1, 0, 1, 1, 0}, 1, 4, 2);
            Tensor votes = new LabelPropagation(config(1, 2, 1, 3), first, labels)
                    .next(AbstractTensor.create(new float[] {1, 0, 1, 0, 1, 0, 1, 0}, 4, 2));
            // The second place goes to three patches; their votes weigh exp(-1) each.
            double all = 1 + 3 * Math.exp(-1);
            assertThat(votes.select(0, 0).select(0, 0).select(0, 0).item_double())
                    .isCloseTo((1 + Math.exp(-1)) / all, within(1e-6));
            assertThat(votes.select(0, 0).select(0, 0).select(0, 1).item_double())
                    .isCloseTo(2 * Math.exp(-1) / all, within(1e-6));
        }
    }

    @Test
    void takesNoMoreMemoryFrameByFrame() {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = tensor(new double[20 * 20][WIDTH]).add(new Scalar(1));
            LabelPropagation propagation =
                    new LabelPropagation(config(2, 5, 0.1, 3), features, tensor(new double[400][LABELS]).view(20, 20, LABELS));
            long before = 0;
            for (int frame = 0; frame < 6; frame++) {
                try (PointerScope step = new PointerScope()) {
                    propagation.next(features);
                }
                before = frame == 1 ? Pointer.totalCount() : before;
            }
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    private static double[][] next(List<double[][]> features, List<double[][]> labels, int rows, int columns, int lastFrames,
            int topK, int neighborhood, double temperature) {
        int frame = labels.size();
        double[][] passedOn = new double[rows * columns][LABELS];
        for (int target = 0; target < rows * columns; target++) {
            List<double[]> votes = new ArrayList<>();
            for (int other = 0; other < frame; other++) {
                for (int place = 0; place < rows * columns; place++) {
                    boolean remembered = other == 0 || other >= frame - lastFrames;
                    boolean near = Math.abs(place / columns - target / columns) <= neighborhood
                            && Math.abs(place % columns - target % columns) <= neighborhood;
                    if (remembered && near) {
                        double similarity = cosine(features.get(frame)[target], features.get(other)[place]);
                        votes.add(new double[] {similarity, other, place});
                    }
                }
            }
            votes.sort((a, b) -> Double.compare(b[0], a[0]));
            double all = 0;
            for (double[] vote : votes.subList(0, Math.min(topK, votes.size()))) {
                double weight = Math.exp(vote[0] / temperature);
                all += weight;
                for (int label = 0; label < LABELS; label++) {
                    passedOn[target][label] += weight * labels.get((int) vote[1])[(int) vote[2]][label];
                }
            }
            for (int label = 0; label < LABELS; label++) {
                passedOn[target][label] /= all;
            }
        }
        return passedOn;
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double oneSquared = 0;
        double otherSquared = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            oneSquared += one[i] * one[i];
            otherSquared += other[i] * other[i];
        }
        return product / Math.sqrt(oneSquared * otherSquared);
    }

    private static Tensor tensor(double[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return AbstractTensor.create(values, rows.length, rows[0].length);
    }

    private static VideoSegmentationEvaluator.Config config(int lastFrames, int topK, double temperature, int neighborhood) {
        return new VideoSegmentationEvaluator.Config(
                Path.of("none"), List.of(), 3, 480, lastFrames, topK, temperature, neighborhood, 0, Optional.empty());
    }
}
