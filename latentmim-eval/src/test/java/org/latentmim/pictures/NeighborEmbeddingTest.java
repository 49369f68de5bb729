package org.latentmim.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.data.IdxImages;
import org.latentmim.spi.ImageData;

class NeighborEmbeddingTest {

    private static final Path CLOTHES =
            Path.of("../latentmim-examples/src/main/resources/fashion-mnist/t10k-images-idx3-ubyte.gz");
    private static final int IMAGES = 300;

    @Test
    void imagesThatAreNearInThePlaneWereNearBefore() throws IOException {
        double[][] images = clothes();
        double[][] plane = NeighborEmbedding.of(images, 30, 0);
        assertThat(trustworthiness(images, plane, 12)).isGreaterThan(0.95);
        Random random = new Random(1);
        double[][] anywhere = new double[IMAGES][];
        Arrays.setAll(anywhere, i -> new double[] {random.nextDouble(), random.nextDouble()});
        assertThat(trustworthiness(images, anywhere, 12)).as("by chance").isCloseTo(0.5, within(0.03));
    }

    @Test
    void theSameSeedGivesTheSamePlane() throws IOException {
        double[][] some = Arrays.copyOf(clothes(), 80);
        double[][] plane = NeighborEmbedding.of(some, 10, 3);
        assertThat(NeighborEmbedding.of(some, 10, 3)).isDeepEqualTo(plane);
        assertThat(NeighborEmbedding.of(some, 10, 4)[0]).isNotEqualTo(plane[0]);
    }

    @Test
    void groupsFarApartStayApart() {
        Random random = new Random(2);
        double[][] points = new double[90][10];
        for (int i = 0; i < points.length; i++) {
            int group = i / 30;
            Arrays.setAll(points[i], d -> random.nextGaussian() + (d == group ? 40 : 0));
        }
        double[][] plane = NeighborEmbedding.of(points, 10, 0);
        for (int i = 0; i < points.length; i++) {
            double[] distances = squaredDistances(plane, i);
            int own = i / 30;
            double farthest = IntStream.range(0, 90).filter(j -> j / 30 == own).mapToDouble(j -> distances[j]).max().orElseThrow();
            double nearest = IntStream.range(0, 90).filter(j -> j / 30 != own).mapToDouble(j -> distances[j]).min().orElseThrow();
            assertThat(farthest).as("of its own group").isLessThan(nearest);
        }
        assertThat(Arrays.stream(plane).mapToDouble(point -> point[0]).sum()).isCloseTo(0, within(1e-6));
    }

    /** All pairs of the corners of a simplex are as near as each other; there, 4 neighbours of 5 points are all there are. */
    @Test
    void neighborhoodsAreProbabilitiesOfPairs() {
        double[][] corners = IntStream.range(0, 5)
                .mapToObj(i -> IntStream.range(0, 5).mapToDouble(d -> d == i ? 7 : 0).toArray())
                .toArray(double[][]::new);
        double[][] pairs = Neighborhoods.of(corners, 4);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(pairs[i][j]).isCloseTo(i == j ? 0 : 1 / 20.0, within(1e-12));
            }
        }
    }

    /** Two near pairs: with perplexity just above 1 a point has one neighbour, its partner. */
    @Test
    void aNarrowNeighborhoodHoldsTheNearestAlone() {
        double[][] points = {{0}, {1}, {50}, {51}};
        double[][] pairs = Neighborhoods.of(points, 1.001);
        assertThat(pairs[0][1]).isCloseTo(0.25, within(1e-3));
        assertThat(pairs[2][3]).isCloseTo(0.25, within(1e-3));
        assertThat(pairs[1][2]).isLessThan(1e-3);
    }

    @Test
    void pointsThatAreTheSameHaveAPlaneToo() {
        double[][] plane = NeighborEmbedding.of(new double[20][3], 5, 0);
        assertThat(Arrays.stream(plane).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void refusesMoreNeighborsThanPoints() {
        assertThatIllegalArgumentException().isThrownBy(() -> NeighborEmbedding.of(new double[20][3], 20, 0))
                .withMessage("perplexity must be more than 1 and less than the 20 points, but is 20.0");
    }

    private static double[][] clothes() throws IOException {
        IdxImages images;
        try (InputStream file = Files.newInputStream(CLOTHES)) {
            images = IdxImages.read(file, "clothes");
        }
        double[][] points = new double[IMAGES][];
        for (int i = 0; i < IMAGES; i++) {
            byte[] pixels = ((ImageData.Pixels) images.read(i)).values();
            points[i] = IntStream.range(0, pixels.length).mapToDouble(p -> (pixels[p] & 0xff) / 255.0).toArray();
        }
        return points;
    }

    /** Venna and Kaski, 2001: 1 less the ranks by which the neighbours in the plane are too far in the original space. */
    private static double trustworthiness(double[][] points, double[][] plane, int k) {
        int n = points.length;
        double penalty = 0;
        for (int i = 0; i < n; i++) {
            int[] before = byDistance(points, i);
            int[] rank = new int[n];
            IntStream.range(0, n - 1).forEach(place -> rank[before[place]] = place + 1);
            for (int j : Arrays.copyOf(byDistance(plane, i), k)) {
                penalty += Math.max(0, rank[j] - k);
            }
        }
        return 1 - 2 * penalty / (n * (double) k * (2 * n - 3 * k - 1));
    }

    private static int[] byDistance(double[][] points, int i) {
        double[] distances = squaredDistances(points, i);
        return IntStream.range(0, points.length).filter(j -> j != i).boxed()
                .sorted(Comparator.comparingDouble(j -> distances[j])).mapToInt(j -> j).toArray();
    }

    private static double[] squaredDistances(double[][] points, int i) {
        return Arrays.stream(points)
                .mapToDouble(point -> IntStream.range(0, point.length)
                        .mapToDouble(d -> (point[d] - points[i][d]) * (point[d] - points[i][d]))
                        .sum())
                .toArray();
    }
}
