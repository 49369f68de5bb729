package org.latentmim.app;

import java.time.Duration;
import org.latentmim.spi.Metrics;

/** A plain line now and then: every so often and, unless only that is asked for, after the first step and after the last. */
final class StepLines implements StepView {

    private final RunState state;
    private final Terminal terminal;
    private final long between;
    private final boolean ends;
    private long last = System.nanoTime();

    StepLines(RunState state, Terminal terminal, Duration between) {
        this(state, terminal, between, true);
    }

    /** @param ends whether the first step and the last have a line too */
    StepLines(RunState state, Terminal terminal, Duration between, boolean ends) {
        this.state = state;
        this.terminal = terminal;
        this.between = between.toNanos();
        this.ends = ends;
    }

    @Override
    public void stepped(long done) {
        state.stepped(done);
        if (ends && (done == 1 || state.isDone()) || System.nanoTime() - last >= between) {
            last = System.nanoTime();
            terminal.print(state.inFull());
        }
    }

    @Override
    public void logged(Metrics metrics) {
        state.logged(metrics);
    }

    @Override
    public void close() {}
}
