package org.latentmim.app;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Option;

/** When a training must stop, whether it is done or not. */
final class TimeLimit {

    /** What tells a scheduler to run the same command again: the "temporary failure" of sysexits.h. */
    static final int EXIT_CODE = 75;

    @Option(names = "--until", paramLabel = "HH:MM",
            description = "Save and stop when it is this time next; begin the same command again to go on.")
    private Optional<LocalTime> until = Optional.empty();

    @Option(names = "--max-hours", paramLabel = "HOURS",
            description = "Save and stop after so many hours, such as 11.5; begin the same command again to go on.")
    private Optional<Double> maxHours = Optional.empty();

    private final Clock clock;

    TimeLimit() {
        this(Clock.systemDefaultZone());
    }

    TimeLimit(Clock clock) {
        this.clock = clock;
    }

    TimeLimit(Clock clock, Optional<LocalTime> until, Optional<Double> maxHours) {
        this(clock);
        this.until = until;
        this.maxHours = maxHours;
    }

    /** Begins to count; what it returns is true once the time is up. */
    BooleanSupplier start() {
        ZonedDateTime now = ZonedDateTime.now(clock);
        Optional<ZonedDateTime> time = until.map(wanted -> next(wanted, now));
        Optional<ZonedDateTime> end = maxHours.map(hours -> now.plus(positive(hours)));
        return () -> time.filter(this::isOver).isPresent() || end.filter(this::isOver).isPresent();
    }

    private boolean isOver(ZonedDateTime end) {
        return !ZonedDateTime.now(clock).isBefore(end);
    }

    private static ZonedDateTime next(LocalTime wanted, ZonedDateTime now) {
        ZonedDateTime today = now.with(wanted);
        return today.isAfter(now) ? today : now.plusDays(1).with(wanted);
    }

    private static Duration positive(double hours) {
        if (!(hours > 0 && hours <= Integer.MAX_VALUE)) {
            throw new UsageException("--max-hours must be more than 0, but is " + hours + ".");
        }
        return Duration.ofMillis(Math.round(hours * Duration.ofHours(1).toMillis()));
    }
}
