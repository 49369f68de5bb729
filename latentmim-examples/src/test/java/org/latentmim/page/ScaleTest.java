package org.latentmim.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.page.Scale.Mark;

class ScaleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0.968 | 1.611 | 0.8 1.0 1.2 1.4 1.6 1.8",
        "1.0e-3 | 1.2e-3 | 1e-3 1.05e-3 1.10e-3 1.15e-3 1.20e-3",
        "1e6 | 5e6 | 1e6 2e6 3e6 4e6 5e6",
        "2 | 2.0000000000000004 | 1.8 1.9 2.0 2.1 2.2",
        "43 | 76.6 | 40 50 60 70 80",
        "1e-4 | 7.5e-4 | 0 2e-4 4e-4 6e-4 8e-4",
        "-2.84 | -2.44 | -2.9 -2.8 -2.7 -2.6 -2.5 -2.4",
        "950 | 4100 | 0 1,000 2,000 3,000 4,000 5,000",
        "-1 | 1 | -1.0 -0.5 0 0.5 1.0",
        "5 | 5 | 4.5 5.0 5.5"
    })
    void marksRoundNumbersAroundAll(double least, double most, String marks) {
        Scale scale = Scale.around(new double[] {least, most}, 4);
        assertThat(scale.labelled()).extracting(Mark::label).containsExactly(marks.split(" "));
        assertThat(scale.place(least)).isBetween(0.0, 1.0);
        assertThat(scale.place(most)).isBetween(scale.place(least), 1.0);
        assertThat(scale.labelled().get(0).place()).isEqualTo("0.00%");
        assertThat(scale.labelled().get(scale.labelled().size() - 1).place()).isEqualTo("100.00%");
    }

    @Test
    void endsWithTheRun() {
        Scale scale = Scale.upTo(15, 4);
        assertThat(scale.labelled()).containsExactly(
                new Mark("0.00%", "0"), new Mark("33.33%", "5"), new Mark("66.67%", "10"), new Mark("100.00%", "15"));
        assertThat(Scale.upTo(0, 4).high()).isEqualTo(1);
    }

    @Test
    void showsWhatIsUsualBesideASpike() {
        double[] values = IntStream.range(0, 100).mapToDouble(i -> i == 50 ? 1000 : 1 + i / 100.0).toArray();
        Scale scale = Scale.around(values, 4);
        assertThat(scale.logarithmic()).isTrue();
        assertThat(scale.labelled()).extracting(Mark::label).containsExactly("1", "10", "100", "1,000");
        assertThat(scale.place(10)).isCloseTo(1 / 3.0, within(1e-12));
        values[3] = -1;
        assertThat(Scale.around(values, 4).logarithmic()).as("of a number that has no logarithm").isFalse();
    }

    @Test
    void standsWithoutNumbers() {
        assertThat(Scale.around(new double[0], 4).labelled()).extracting(Mark::label).startsWith("0").endsWith("1.0");
    }
}
