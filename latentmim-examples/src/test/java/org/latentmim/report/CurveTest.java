package org.latentmim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.report.Curve.Point;
import org.latentmim.report.Curve.Stretch;

class CurveTest {

    @Test
    void leavesShortCurvesAsTheyAre() {
        Curve curve = curve(0.1, -3, 1e300);
        assertThat(curve.stretches(3)).containsExactly(
                new Stretch(0, 0.1, 0.1, 0.1), new Stretch(1, -3, -3, -3), new Stretch(2, 1e300, 1e300, 1e300));
    }

    @Test
    void losesNoSpikeOfALongCurve() {
        double[] values = IntStream.range(0, 10_007).mapToDouble(i -> i == 5000 ? 99 : i == 7000 ? -99 : i % 2).toArray();
        List<Stretch> stretches = curve(values).stretches(100);
        assertThat(stretches).hasSize(100);
        assertThat(stretches.stream().mapToDouble(Stretch::most).max()).hasValue(99);
        assertThat(stretches.stream().mapToDouble(Stretch::least).min()).hasValue(-99);
        assertThat(stretches.stream().filter(stretch -> stretch.most() <= 1 && stretch.least() >= 0))
                .hasSize(98).allSatisfy(stretch -> assertThat(stretch.mean()).isBetween(0.48, 0.52));
        assertThat(stretches).isSortedAccordingTo((a, b) -> Double.compare(a.epoch(), b.epoch()));
    }

    @Test
    void takesTheMeanOfEachStretch() {
        assertThat(curve(1, 2, 6, 10, 20).stretches(2))
                .containsExactly(new Stretch(0.5, 1, 1.5, 2), new Stretch(3, 6, 12, 20));
    }

    @Test
    void doesNotHideWhatIsNoNumber() {
        List<Stretch> stretches = curve(1, Double.NaN, 1, 1, 1, Double.POSITIVE_INFINITY).stretches(3);
        assertThat(stretches).extracting(Stretch::isNumber).containsExactly(false, true, false);
    }

    private static Curve curve(double... values) {
        return new Curve(IntStream.range(0, values.length).mapToObj(i -> new Point(i, values[i])).toList());
    }
}
