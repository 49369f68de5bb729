package org.latentmim.app;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;

/** The wish to stop: the first Ctrl-C, or the system's request to end, asks for it; the second leaves at once. */
final class Interruption implements BooleanSupplier, AutoCloseable {

    /** What a shell expects of a program that was interrupted. */
    static final int EXIT_CODE = 130;

    private static final String CTRL_C = "INT";
    private static final String PLEASE_END = "TERM";

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable first;
    private final Object beforeCtrlC;
    private final Object beforePleaseEnd;

    private Interruption(Runnable first) {
        this.first = first;
        this.beforeCtrlC = Signals.register(CTRL_C, this::interrupt);
        this.beforePleaseEnd = Signals.register(PLEASE_END, this::interrupt);
    }

    /**
     * Listens from now on.
     *
     * @param first what to do at the first signal
     */
    static Interruption listen(Runnable first) {
        return new Interruption(first);
    }

    private void interrupt() {
        if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        first.run();
    }

    /** Returns whether somebody wants to stop. */
    @Override
    public boolean getAsBoolean() {
        return asked.get();
    }

    @Override
    public void close() {
        Signals.unregister(CTRL_C, beforeCtrlC);
        Signals.unregister(PLEASE_END, beforePleaseEnd);
    }
}
