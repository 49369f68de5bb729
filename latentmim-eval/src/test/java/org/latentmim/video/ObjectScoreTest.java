package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.LabelMap;
import org.latentmim.video.ObjectScore.Statistics;

class ObjectScoreTest {

    /** What davis2017-evaluation says of the values (37 i mod 101) / 100. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 0",
        "2, 0.185, 0, -0.37",
        "3, 0.37, 0.3333333333333333, -0.555",
        "4, 0.3025, 0.25, -0.235",
        "5, 0.336, 0.2, -0.1",
        "6, 0.42, 0.3333333333333333, -0.47",
        "7, 0.3885714285714286, 0.2857142857142857, -0.15",
        "8, 0.41125, 0.375, -0.16666666666666669",
        "48, 0.48875, 0.4583333333333333, -0.05307692307692302",
        "98, 0.49673469387755104, 0.4897959183673469, -0.0228"})
    void framesComeToTheOfficialStatistics(int frames, double mean, double recall, double decay) {
        Statistics statistics = Statistics.of(IntStream.range(0, frames).mapToDouble(i -> 37 * i % 101 / 100.0).toArray());
        assertThat(statistics.mean()).isCloseTo(mean, within(1e-12));
        assertThat(statistics.recall()).isCloseTo(recall, within(1e-12));
        assertThat(statistics.decay()).isCloseTo(decay, within(1e-12));
    }

    @Test
    void judgesEveryObjectInAllFramesButTheFirstAndTheLast() {
        List<LabelMap> truth = List.of(row(1, 2), row(1, 2), row(1, 2), row(0, 0));
        List<LabelMap> found = List.of(row(0, 0), row(1, 0), row(1, 2), row(1, 1));
        List<ObjectScore> scores = ObjectScore.of("bee", 3, truth, found);
        assertThat(scores).extracting(ObjectScore::name).containsExactly("bee_1", "bee_2", "bee_3");
        assertThat(scores).extracting(score -> score.region().mean()).as("no one sees the third, who is not there")
                .containsExactly(1.0, 0.5, 1.0);
    }

    @Test
    void tellsAllOfEachObjectInATable() {
        assertThat(ObjectScore.table(List.of(
                new ObjectScore("bee_1", new Statistics(0.5, 0.25, -0.125), new Statistics(0.75, 1, 0)))))
                .isEqualTo("object,J&F mean,J mean,J recall,J decay,F mean,F recall,F decay\n"
                        + "bee_1,0.625000,0.500000,0.250000,-0.125000,0.750000,1.000000,0.000000\n");
    }

    private static LabelMap row(int left, int right) {
        return new LabelMap(1, 2, new byte[] {(byte) left, (byte) right});
    }
}
