package org.latentmim.app;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * The wish to stop: the first Ctrl-C, or the system's request to end, asks for it. The second leaves at once, and so does the first
 * if the step and the saving take too long.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {

    /** What asks to stop, with the exit code that a shell expects of it. */
    enum Signal {
        INT("Ctrl-C", 130),
        TERM("a request to end", 143);

        private final String words;
        private final int exitCode;

        Signal(String words, int exitCode) {
            this.words = words;
            this.exitCode = exitCode;
        }

        String words() {
            return words;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<Signal> asked = new AtomicReference<>();
    private final Consumer<Signal> first;
    private final Object[] before = new Object[Signal.values().length];

    private Interruption(Consumer<Signal> first) {
        this.first = first;
        for (Signal signal : Signal.values()) {
            before[signal.ordinal()] = Signals.register(signal.name(), () -> interrupt(signal));
        }
    }

    /**
     * Listens from now on.
     *
     * @param first what to do at the first signal
     */
    static Interruption listen(Consumer<Signal> first) {
        return new Interruption(first);
    }

    private void interrupt(Signal signal) {
        if (!asked.compareAndSet(null, signal)) {
            Runtime.getRuntime().halt(signal.exitCode);
        }
        Thread patience = new Thread(() -> leaveLate(signal), "patience");
        patience.setDaemon(true);
        patience.start();
        first.accept(signal);
    }

    private void leaveLate(Signal signal) {
        try {
            Thread.sleep(PATIENCE.minusSeconds(1).toMillis());
        } catch (InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(signal.exitCode); // the last checkpoint is whole, whatever is being done now
    }

    /** Returns whether somebody wants to stop. */
    @Override
    public boolean getAsBoolean() {
        return asked.get() != null;
    }

    /** Returns the exit code of what asked to stop, if something did. */
    OptionalInt exitCode() {
        Signal signal = asked.get();
        return signal == null ? OptionalInt.empty() : OptionalInt.of(signal.exitCode);
    }

    @Override
    public void close() {
        for (Signal signal : Signal.values()) {
            Signals.unregister(signal.name(), before[signal.ordinal()]);
        }
    }
}
