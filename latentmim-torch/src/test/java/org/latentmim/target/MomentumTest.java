package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule.Shape;

class MomentumTest {

    private static final OptionalDouble NONE = OptionalDouble.empty();

    @Test
    void followsItsSchedule() {
        Momentum momentum = new Momentum(some(0.99), some(1), Shape.COSINE, 1, NONE);
        assertThat(momentum.at(done(0))).isEqualTo(0.99);
        assertThat(momentum.at(done(0.5))).isCloseTo(0.995, within(1e-15));
        assertThat(momentum.at(done(1))).isEqualTo(1);
    }

    @Test
    void reachesTheEndEarlyAndStaysThere() {
        Momentum momentum = new Momentum(some(0.999), some(0.9998), Shape.LINEAR, 0.25, NONE);
        assertThat(momentum.at(done(0.125))).isCloseTo(0.9994, within(1e-15));
        assertThat(momentum.at(done(0.25))).isEqualTo(0.9998);
        assertThat(momentum.at(done(0.8))).isEqualTo(0.9998);
    }

    @Test
    void aHalfLifeCountsImagesWhateverTheSizeOfABatch() {
        Momentum momentum = new Momentum(NONE, NONE, Shape.COSINE, 1, some(1000));
        assertThat(momentum.at(step(1000))).isEqualTo(0.5);
        assertThat(momentum.at(step(2000))).isEqualTo(0.25);
        assertThat(Math.pow(momentum.at(step(50)), 20)).isCloseTo(0.5, within(1e-12));
        assertThat(Math.pow(momentum.at(step(8)), 125)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses(some(1.5), some(1), 1, NONE, "from must be between 0 and 1, but is 1.5");
        refuses(some(1), some(Double.NaN), 1, NONE, "to must be between 0 and 1, but is NaN");
        refuses(some(0), some(1), 0, NONE, "until must be more than 0 and at most 1, but is 0.0");
        refuses(some(0), some(1), 1.1, NONE, "until must be more than 0 and at most 1, but is 1.1");
        refuses(NONE, NONE, 1, some(0), "half-life must be more than 0, but is 0.0");
        refuses(NONE, NONE, 1, some(Double.NaN), "half-life must be more than 0, but is NaN");
    }

    @Test
    void refusesAHalfLifeBesideFromOrTo() {
        refuses(some(0.9), NONE, 1, some(100), "half-life takes the place of from and to: give it, or them");
        refuses(NONE, some(1), 1, some(100), "half-life takes the place of from and to: give it, or them");
    }

    @Test
    void theStandardStandsInWhereNothingIsSaid() {
        assertThat(Momentum.or(0.99, NONE, NONE)).hasValue(0.99);
        assertThat(Momentum.or(0.99, some(0.5), NONE)).hasValue(0.5);
        assertThat(Momentum.or(0.99, NONE, some(100))).isEmpty();
    }

    private static void refuses(OptionalDouble from, OptionalDouble to, double until, OptionalDouble halfLife, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Momentum(from, to, Shape.COSINE, until, halfLife))
                .withMessage(message);
    }

    private static OptionalDouble some(double value) {
        return OptionalDouble.of(value);
    }

    private static Progress done(double share) {
        return new Progress(0, 100, 100 * share, 100, 1);
    }

    private static Progress step(int images) {
        return new Progress(0, 100, 0, 100, images);
    }
}
