package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.latentmim.runtime.UsageException;

class TimeLimitTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Hand hand = new Hand(ZonedDateTime.of(2026, 3, 28, 22, 0, 0, 0, BERLIN).toInstant());

    @Test
    void isUpWhenTheClockShowsTheTimeNext() {
        BooleanSupplier over = limit(Optional.of(LocalTime.of(23, 30)), Optional.empty()).start();
        hand.moves(Duration.ofMinutes(89));
        assertThat(over.getAsBoolean()).isFalse();
        hand.moves(Duration.ofMinutes(1));
        assertThat(over.getAsBoolean()).isTrue();
    }

    /** In this night the clocks go forward: six in the morning is seven hours after ten in the evening. */
    @Test
    void meansTheTimeOfTomorrowWhereThatOfTodayIsPast() {
        BooleanSupplier over = limit(Optional.of(LocalTime.of(6, 0)), Optional.empty()).start();
        hand.moves(Duration.ofMinutes(7 * 60 - 1));
        assertThat(over.getAsBoolean()).isFalse();
        hand.moves(Duration.ofMinutes(1));
        assertThat(over.getAsBoolean()).isTrue();
        assertThat(limit(Optional.of(LocalTime.of(6, 0)), Optional.empty()).start().getAsBoolean()).isFalse();
    }

    @Test
    void isUpAfterSoManyHours() {
        BooleanSupplier over = limit(Optional.empty(), Optional.of(1.5)).start();
        hand.moves(Duration.ofMinutes(89));
        assertThat(over.getAsBoolean()).isFalse();
        hand.moves(Duration.ofMinutes(1));
        assertThat(over.getAsBoolean()).isTrue();
    }

    @Test
    void isNeverUpWithoutALimit() {
        BooleanSupplier over = limit(Optional.empty(), Optional.empty()).start();
        hand.moves(Duration.ofDays(10_000));
        assertThat(over.getAsBoolean()).isFalse();
    }

    @Test
    void refusesNoTimeAtAll() {
        TimeLimit none = limit(Optional.empty(), Optional.of(0.0));
        assertThatExceptionOfType(UsageException.class).isThrownBy(none::start)
                .withMessage("--max-hours must be more than 0, but is 0.0.");
    }

    private TimeLimit limit(Optional<LocalTime> until, Optional<Double> maxHours) {
        return new TimeLimit(hand, until, maxHours);
    }

    /** A clock that a test moves. */
    private static final class Hand extends Clock {

        private Instant now;

        Hand(Instant now) {
            this.now = now;
        }

        void moves(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return BERLIN;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("another zone");
        }
    }
}
