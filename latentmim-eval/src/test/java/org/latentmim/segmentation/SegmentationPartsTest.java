package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.segmentation.PatchNeighbors.Distance;
import org.latentmim.spi.LabelMap;

class SegmentationPartsTest {

    private static final byte NO = PatchLabels.NOT_JUDGED;

    @Test
    void cutsAMapIntoPatchesRowByRow() {
        LabelMap map = new LabelMap(4, 4, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 9, 9, 0, 1, 8, 9});
        PatchLabels labels = PatchLabels.of(map, 2, 2, 2, 9);
        assertThat(labels.classes()).containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 0, 0, 0, 1, NO, NO, 8, NO);
        assertThat(labels.modes()).containsExactly(0, 2, 0, 255);
        assertThat(labels.filled().range(2, 4).classes()).containsExactly(0, 0, 0, 1, 255, 255, 8, 255);
        assertThat(new PatchLabels(4, new byte[] {NO, 3, 1, 1}).filled().classes()).containsExactly(1, 3, 1, 1);
    }

    @Test
    void resizesByTheNearestPixel() {
        LabelMap map = new LabelMap(1, 3, new byte[] {0, 1, 2});
        assertThat(PatchLabels.of(map, 1, 7, 1, 3).classes()).containsExactly(0, 0, 1, 1, 1, 2, 2);
        assertThat(PatchLabels.of(map, 1, 2, 1, 3).classes()).containsExactly(0, 2);
        assertThat(PatchLabels.of(map, 2, 1, 1, 3).classes()).containsExactly(1, 1);
    }

    @Test
    void overlapsAreSharedPixelsOfAllThatEitherHas() {
        ClassOverlap overlap = new ClassOverlap(4);
        overlap.add(new byte[] {0, 0, 0, 1, NO, NO}, new byte[] {0, 0, 1, 1, 0, 2});
        assertThat(overlap.percent(0)).isCloseTo(100 * 2 / 3.0, within(1e-12));
        assertThat(overlap.percent(1)).isEqualTo(50);
        assertThat(overlap.isThere(2)).isFalse();
        assertThat(overlap.mean()).isCloseTo((100 * 2 / 3.0 + 50) / 2, within(1e-12));

        ClassOverlap other = new ClassOverlap(4);
        other.add(new byte[] {1}, new byte[] {3});
        overlap.add(other);
        assertThat(overlap.percent(1)).isCloseTo(100 / 3.0, within(1e-12));
        assertThat(overlap.percent(3)).isZero();
        assertThat(new ClassOverlap(2).mean()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void findsTheNearestOfAllPatches(Distance distance) {
        int known = 300;
        int queries = 1500; // more than a chunk
        int width = 3;
        float[] gallery = floats(new Random(1), known * width);
        float[] asked = floats(new Random(2), queries * width);
        int[] found;
        try (PointerScope scope = new PointerScope()) {
            found = new PatchNeighbors(patches(AbstractTensor.create(gallery, known, width)), distance)
                    .nearest(AbstractTensor.create(asked, queries, width), 4);
        }
        for (int query = 0; query < queries; query++) {
            int row = query * width;
            List<Integer> expected = IntStream.range(0, known).boxed()
                    .sorted(Comparator.comparingDouble(i -> apart(asked, row, gallery, i * width, width, distance)))
                    .limit(4).toList();
            assertThat(Arrays.stream(found, 4 * query, 4 * query + 4).boxed().toList()).isEqualTo(expected);
        }
    }

    @Test
    void theMostFrequentClassOfEachPixelWinsAndTheLowestOfSeveral() {
        try (PointerScope scope = new PointerScope()) {
            PatchNeighbors neighbors = new PatchNeighbors(new LabelledPatches(AbstractTensor.create(new float[3], 3, 1),
                    new PatchLabels(2, new byte[] {2, 5, 1, 5, 1, 4})), Distance.L2);
            int[] nearest = {0, 1, 2, 2, 1, 0};
            assertThat(neighbors.vote(nearest, 3, 1)).containsExactly(2, 5, 1, 4);
            assertThat(neighbors.vote(nearest, 3, 2)).containsExactly(1, 5, 1, 4);
            assertThat(neighbors.vote(nearest, 3, 3)).containsExactly(1, 5, 1, 5);
        }
    }

    @Test
    void pairsSegmentsWithTheClustersThatFitThem() {
        LabelMap map = new LabelMap(2, 4, new byte[] {0, 0, 2, 2, 0, 0, 2, 9});
        TrueSegments truth = TrueSegments.of(map, 3);
        assertThat(truth.classes()).containsExactly(0, 2);
        // Upper left is cluster 1 and the rest 0: of sky 2 of 4 pixels, of the other 3 of 3 and 2 more.
        SegmentMatch match = truth.match(new int[] {1, 0, 0, 0}, 2);
        assertThat(match.clusterOf()).containsExactly(1, 0);
        assertThat(match.mean()).isCloseTo(100 * (2 / 4.0 + 3 / 5.0) / 2, within(1e-12));
        assertThat(truth.match(new int[] {0, 0, 0, 0}, 2).mean()).isCloseTo(100 * (4 / 7.0) / 2, within(1e-12));
        assertThat(truth.match(new int[] {0, 1, 0, 2}, 2).mean()).isCloseTo(100 * (1 + 2 / 3.0) / 2, within(1e-12));
    }

    private static double apart(float[] one, int from, float[] other, int at, int width, Distance distance) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < width; i++) {
            product += (double) one[from + i] * other[at + i];
            first += (double) one[from + i] * one[from + i];
            second += (double) other[at + i] * other[at + i];
        }
        return distance == Distance.COSINE ? -product / Math.sqrt(first * second) : first + second - 2 * product;
    }

    private static LabelledPatches patches(Tensor features) {
        return new LabelledPatches(features, new PatchLabels(1, new byte[(int) features.size(0)]));
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
