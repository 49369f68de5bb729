package org.latentmim.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClustersTest {

    @Test
    void findsGroupsFarApartTheLargestFirst() {
        int[] sizes = {10, 40, 25};
        Random random = new Random(1);
        double[][] vectors = new double[75][];
        int[] expected = new int[75];
        for (int group = 0, i = 0; group < 3; group++) {
            for (int end = i + sizes[group]; i < end; i++) {
                vectors[i] = new double[] {100 * group + random.nextGaussian(), random.nextGaussian()};
                expected[i] = new int[] {2, 0, 1}[group];
            }
        }
        for (int seed = 0; seed < 20; seed++) {
            assertThat(Clusters.of(vectors, 3, seed)).isEqualTo(expected);
        }
    }

    @Test
    void asManyGroupsAsVectorsAreOneEach() {
        double[][] vectors = {{1}, {5}, {9}, {20}};
        assertThat(Clusters.of(vectors, 4, 0)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void vectorsThatAreTheSameAreOneGroup() {
        assertThat(Arrays.stream(Clusters.of(new double[6][2], 3, 0))).containsOnly(0);
    }

    @Test
    void theSameSeedGivesTheSameGroups() {
        Random random = new Random(3);
        double[][] vectors = new double[200][];
        Arrays.setAll(vectors, i -> new double[] {random.nextDouble(), random.nextDouble()});
        assertThat(Clusters.of(vectors, 5, 9)).isEqualTo(Clusters.of(vectors, 5, 9));
    }
}
