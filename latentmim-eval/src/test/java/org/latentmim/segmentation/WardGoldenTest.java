package org.latentmim.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.segmentation.WardTree.Merge;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

/** Ward's clustering against recorded trees. */
class WardGoldenTest {

    private static final String CUT = "labels.";

    static List<Recording> recordings() {
        return GoldenFiles.recordings("of Ward's clustering",
                recording -> recording.names().containsAll(List.of("features", "linkage")));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void mergesTheSameClustersAtTheSameHeights(Recording recording) {
        List<Merge> merges = tree(recording).merges();
        double[] linkage = recording.doubles("linkage");
        assertThat(merges).hasSize(linkage.length / 4);
        for (int i = 0; i < merges.size(); i++) {
            double[] recorded = Arrays.copyOfRange(linkage, 4 * i, 4 * i + 4);
            Merge merge = merges.get(i);
            assertThat(new double[] {merge.first(), merge.second(), merge.size()}).as("merge " + i)
                    .containsExactly(recorded[0], recorded[1], recorded[3]);
            assertThat(merge.height()).as("height of merge " + i).isCloseTo(recorded[2], within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void cutsIntoTheSameClusters(Recording recording) {
        WardTree tree = tree(recording);
        List<String> cuts = recording.names().stream().filter(name -> name.startsWith(CUT)).toList();
        assertThat(cuts).isNotEmpty();
        for (String cut : cuts) {
            double[] recorded = recording.doubles(cut);
            int[] labels = tree.cut(Integer.parseInt(cut.substring(CUT.length())));
            assertThat(labels).hasSameSizeAs(recorded);
            for (int i = 0; i < labels.length; i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(labels[i] == labels[j]).as("%s: %d with %d", cut, i, j).isEqualTo(recorded[i] == recorded[j]);
                }
            }
        }
    }

    private static WardTree tree(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            return WardTree.of(recording.tensor("features"));
        }
    }
}
