package org.latentmim.target;

import java.util.OptionalDouble;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule;

/**
 * How much of a target stays in a step: as a schedule says, or so that half of it is replaced after a number of images, whatever
 * the size of a batch.
 *
 * @param from momentum at the start
 * @param to momentum at the end
 * @param schedule the way between them
 * @param until share of the run at which the end is reached
 * @param halfLife images after which half of the target is new, in place of from and to
 */
record Momentum(OptionalDouble from, OptionalDouble to, Schedule.Shape schedule, double until, OptionalDouble halfLife) {

    Momentum {
        if (halfLife.isPresent()) {
            if (from.isPresent() || to.isPresent()) {
                throw new IllegalArgumentException("half-life takes the place of from and to: give it, or them");
            }
            if (!(halfLife.getAsDouble() > 0)) {
                throw new IllegalArgumentException("half-life must be more than 0, but is " + halfLife.getAsDouble());
            }
        } else {
            inUnit(from.orElseThrow(), "from");
            inUnit(to.orElseThrow(), "to");
        }
        if (!(until > 0 && until <= 1)) {
            throw new IllegalArgumentException("until must be more than 0 and at most 1, but is " + until);
        }
    }

    private static void inUnit(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value);
        }
    }

    /** Returns what was given for from or to, or else the standard, unless a half-life takes its place. */
    static OptionalDouble or(double standard, OptionalDouble given, OptionalDouble halfLife) {
        return given.isPresent() || halfLife.isPresent() ? given : OptionalDouble.of(standard);
    }

    /** Returns the share of the target that stays in this step, from 0 to 1. */
    double at(Progress progress) {
        if (halfLife.isPresent()) {
            return Math.pow(2, -progress.imagesPerStep() / halfLife.getAsDouble());
        }
        return new Schedule(from.getAsDouble(), to.getAsDouble(), schedule).at(Math.min(1, progress.fraction() / until));
    }
}
