package org.latentmim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentmim.bench.Comparison.Verdict;
import org.latentmim.bench.Measurement.Unit;

class MeasurementTest {

    @Test
    void isTheMedianBetweenTheLeastAndTheMost() {
        assertThat(Measurement.of("a", Unit.MILLISECONDS, 5, 1, 3))
                .isEqualTo(new Measurement("a", Unit.MILLISECONDS, 3, 1, 5, 3));
        assertThat(Measurement.of("a", Unit.MILLISECONDS, 5, 1, 3, 9).value()).isEqualTo(4);
    }

    @Test
    void everyUnitReadsBack() {
        assertThat(Unit.values()).allMatch(unit -> Unit.of(unit.toString()) == unit);
        assertThatIllegalArgumentException().isThrownBy(() -> Unit.of("miles")).withMessage("there is no unit 'miles'");
    }

    @Test
    void comparesWhatHasOneNameAndUnit() {
        Measurement step = Measurement.of("step", Unit.IMAGES_PER_SECOND, 10, 12);
        List<Comparison> comparisons = Comparison.of(
                List.of(Measurement.of("old", Unit.MILLISECONDS, 1), Measurement.of("step", Unit.IMAGES_PER_SECOND, 5, 6)),
                List.of(step, Measurement.of("old", Unit.MEBIBYTES, 1)));
        assertThat(comparisons).hasSize(1);
        assertThat(comparisons.get(0).ratio()).isEqualTo(2);
        assertThat(comparisons.get(0).now()).isSameAs(step);
    }

    @Test
    void judgesOnlyBeyondTheSpread() {
        assertThat(verdict(Unit.IMAGES_PER_SECOND, new double[] {8, 9, 10}, new double[] {6, 7})).isEqualTo(Verdict.WORSE);
        assertThat(verdict(Unit.IMAGES_PER_SECOND, new double[] {8, 9, 10}, new double[] {6, 8}))
                .isEqualTo(Verdict.WITHIN_SPREAD);
        assertThat(verdict(Unit.IMAGES_PER_SECOND, new double[] {8, 9, 10}, new double[] {11, 12})).isEqualTo(Verdict.BETTER);
        assertThat(verdict(Unit.MILLISECONDS, new double[] {8, 9, 10}, new double[] {6, 7})).isEqualTo(Verdict.BETTER);
        assertThat(verdict(Unit.MILLISECONDS, new double[] {8, 9, 10}, new double[] {11, 12})).isEqualTo(Verdict.WORSE);
        assertThat(verdict(Unit.GIGAFLOP, new double[] {8, 9}, new double[] {11, 12})).isEqualTo(Verdict.NONE);
        assertThat(verdict(Unit.MEBIBYTES, new double[] {8}, new double[] {11, 12})).isEqualTo(Verdict.NONE);
    }

    @Test
    void findsHowSomethingGrows() {
        PowerLaw square = PowerLaw.fit(new double[] {1, 2, 5}, new double[] {3, 12, 75});
        assertThat(square.exponent()).isCloseTo(2, within(1e-12));
        assertThat(square.factor()).isCloseTo(3, within(1e-12));
        // By hand: logarithms of y to base 2 are 0, 1, 1 at 0, 1, 2, and the least squares line has slope 1/2.
        assertThat(PowerLaw.fit(new double[] {1, 2, 4}, new double[] {1, 2, 2}).exponent()).isCloseTo(0.5, within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> PowerLaw.fit(new double[] {2, 2}, new double[] {1, 2}))
                .withMessage("a growth needs at least two different sizes");
        assertThatIllegalArgumentException().isThrownBy(() -> PowerLaw.fit(new double[] {2, 3}, new double[] {1, 0}))
                .withMessage("a growth has numbers above 0, but there is 0.0");
    }

    @Test
    void saysHowFarFromLinear() {
        assertThat(ScaleBenchmark.beyondLinear(new double[] {1, 2, 4}, new double[] {10, 20, 40})).isZero();
        assertThat(ScaleBenchmark.beyondLinear(new double[] {1, 2, 4}, new double[] {10, 22, 30})).isEqualTo(-25);
        assertThat(ScaleBenchmark.beyondLinear(new double[] {1, 2, 4}, new double[] {10, 30, 50})).isEqualTo(50);
    }

    private static Verdict verdict(Unit unit, double[] before, double[] now) {
        return new Comparison(Measurement.of("a", unit, before), Measurement.of("a", unit, now)).verdict();
    }
}
