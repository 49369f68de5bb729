package org.latentmim.app;

import java.time.Duration;

/** How far a long command is: a line at the bottom of a terminal, else a plain line now and then. */
final class ProgressLine {

    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private long last = System.nanoTime();

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows a line if it is time, or if it is the last one. */
    void show(String line, boolean isLast) {
        if (terminal.interactive()) {
            terminal.bottom(line);
        } else if (isLast || System.nanoTime() - last >= BETWEEN_LINES) {
            last = System.nanoTime();
            terminal.print(line);
        }
    }
}
