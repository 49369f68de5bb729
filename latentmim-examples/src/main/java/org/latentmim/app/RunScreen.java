package org.latentmim.app;

import java.time.Duration;
import java.util.List;
import org.latentmim.spi.Metrics;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.RunListener;
import org.latentmim.train.RunPlan;

/** Shows a run: scores as they come and, in between, how far it is. */
final class RunScreen implements RunListener, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Terminal terminal;
    private StepView steps = StepView.NONE;

    RunScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void started(RunPlan plan) {
        RunState state = new RunState(plan);
        steps = terminal.interactive() ? new StepBar(state, terminal) : new StepLines(state, terminal, BETWEEN_LINES);
    }

    @Override
    public void stepped(long done) {
        steps.stepped(done);
    }

    @Override
    public void logged(Metrics metrics) {
        steps.logged(metrics);
    }

    @Override
    public void noted(String sentence) {
        terminal.print(sentence);
    }

    @Override
    public void evaluated(List<JudgedScore> scores) {
        terminal.print(ScoreTable.line(scores));
    }

    @Override
    public void close() {
        steps.close();
        steps = StepView.NONE;
    }
}
