package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.junit.jupiter.api.Test;
import org.latentmim.segmentation.WardTree.Merge;

class WardTreeTest {

    @Test
    void mergesPointsOnALineAsByHand() {
        // 0 and 1 at distance 1; 10 and 12 at 2; their means are 10.5 apart, times sqrt(2 * 2 * 2 / 4).
        List<Merge> merges = tree(0, 1, 10, 12).merges();
        assertThat(merges.subList(0, 2)).containsExactly(new Merge(0, 1, 1, 2), new Merge(2, 3, 2, 2));
        assertThat(merges.get(2)).extracting(Merge::first, Merge::second, Merge::size).containsExactly(4, 5, 4);
        assertThat(merges.get(2).height()).isCloseTo(10.5 * Math.sqrt(2), within(1e-12));
    }

    @Test
    void heightsAreWhatEachMergeAddsToTheVarianceWithinClusters() {
        double[] points = new Random(1).doubles(60).toArray();
        WardTree tree = tree(points);
        for (int clusters = 2; clusters <= points.length; clusters++) {
            double height = tree.merges().get(points.length - clusters).height();
            assertThat(spread(points, tree.cut(clusters - 1)) - spread(points, tree.cut(clusters)))
                    .isCloseTo(height * height / 2, within(1e-12));
        }
    }

    @Test
    void mergesWhatAddsLeastAtEachStep() {
        double[] points = new Random(2).doubles(25).toArray();
        WardTree tree = tree(points);
        for (int clusters = points.length; clusters > 1; clusters--) {
            int[] before = tree.cut(clusters);
            double least = spread(points, tree.cut(clusters - 1));
            for (int a = 0; a < clusters; a++) {
                for (int b = a + 1; b < clusters; b++) {
                    int into = a;
                    int gone = b;
                    int[] other = Arrays.stream(before).map(label -> label == gone ? into : label).toArray();
                    assertThat(spread(points, other)).isGreaterThan(least - 1e-12);
                }
            }
        }
    }

    @Test
    void takesPointsThatAreTheSame() {
        assertThat(tree(3, 3, 3, 3).merges()).extracting(Merge::height).containsExactly(0.0, 0.0, 0.0);
        assertThat(tree(5, 1, 5, 1, 5).cut(2)).containsExactly(0, 1, 0, 1, 0);
    }

    @Test
    void cutsIntoAsManyClustersAsAsked() {
        WardTree tree = tree(new Random(3).doubles(30).toArray());
        for (int clusters = 1; clusters <= 30; clusters++) {
            int[] labels = tree.cut(clusters);
            assertThat(Arrays.stream(labels).distinct().toArray()).isEqualTo(IntStream.range(0, clusters).toArray());
        }
        assertThat(tree(7).cut(1)).containsExactly(0);
    }

    @Test
    void refusesCutsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> tree(1, 2).cut(3))
                .withMessage("2 points cannot be cut into 3 clusters");
        assertThatIllegalArgumentException().isThrownBy(() -> tree(1, 2).cut(0))
                .withMessage("2 points cannot be cut into 0 clusters");
        assertThatIllegalArgumentException().isThrownBy(WardTreeTest::tree)
                .withMessage("from 1 to 46340 points are clustered, but there are 0");
    }

    /** The sum of squared distances to the mean of the own cluster. */
    private static double spread(double[] points, int[] labels) {
        List<double[]> clusters = IntStream.range(0, points.length).map(i -> labels[i]).distinct()
                .mapToObj(label -> IntStream.range(0, points.length).filter(i -> labels[i] == label)
                        .mapToDouble(i -> points[i]).toArray())
                .toList();
        double sum = 0;
        for (double[] cluster : clusters) {
            double mean = Arrays.stream(cluster).average().orElseThrow();
            sum += Arrays.stream(cluster).map(value -> (value - mean) * (value - mean)).sum();
        }
        return sum;
    }

    private static WardTree tree(double... points) {
        try (PointerScope scope = new PointerScope()) {
            return WardTree.of(AbstractTensor.create(points, points.length, 1));
        }
    }
}
