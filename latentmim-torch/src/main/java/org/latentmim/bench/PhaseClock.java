package org.latentmim.bench;

import java.util.EnumMap;
import java.util.Map;

/** Divides time into phases: each lasts until the next one begins. Does nothing before {@link #start}. Not thread-safe. */
final class PhaseClock {

    private final Runnable finished;
    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private boolean started;
    private Phase current;
    private long since;

    /**
     * @param finished waits until the device has done what it was asked to do
     */
    PhaseClock(Runnable finished) {
        this.finished = finished;
    }

    void start() {
        started = true;
    }

    /** Begins a phase and ends the one before, if there is one. */
    void enter(Phase phase) {
        if (started) {
            stop();
            current = phase;
            since = System.nanoTime();
        }
    }

    /** Ends the phase. */
    void stop() {
        if (current != null) {
            finished.run();
            nanos.merge(current, System.nanoTime() - since, Long::sum);
            current = null;
        }
    }

    /** Returns how long each phase lasted since the last call, in milliseconds; 0 if there was none. */
    Map<Phase, Double> read() {
        Map<Phase, Double> milliseconds = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            milliseconds.put(phase, nanos.getOrDefault(phase, 0L) / 1e6);
        }
        nanos.clear();
        return milliseconds;
    }
}
