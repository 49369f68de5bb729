package org.latentmim.app;

import java.time.Duration;
import org.latentmim.spi.Metrics;

/** A plain line now and then: after the first step, after the last, and every so often in between. */
final class StepLines implements StepView {

    private final RunState state;
    private final Terminal terminal;
    private final long between;
    private long last;

    StepLines(RunState state, Terminal terminal, Duration between) {
        this.state = state;
        this.terminal = terminal;
        this.between = between.toNanos();
    }

    @Override
    public void stepped(long done) {
        state.stepped(done);
        if (done == 1 || state.isDone() || System.nanoTime() - last >= between) {
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
