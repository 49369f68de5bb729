package org.latentmim.app;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentmim.ablation.Ablation;
import org.latentmim.ablation.AblationListener;
import org.latentmim.ablation.Comparison;
import org.latentmim.ablation.RunPlace;
import org.latentmim.ablation.RunResult;
import org.latentmim.page.ComparisonPage;
import org.latentmim.spi.Metrics;
import org.latentmim.train.RunListener;
import org.latentmim.train.RunPlan;

/** Shows an ablation: a row for each run as it ends and, in between, how far the one at work is. Keeps the page up to date. */
final class AblationScreen implements AblationListener, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

    private final PageFile page;
    private final String command;
    private final Terminal terminal;
    private final int width;
    private final Set<RunPlace> atWork = new LinkedHashSet<>();
    private StepView steps = StepView.NONE;
    private int runs;
    private int done;

    AblationScreen(Ablation ablation, PageFile page, String command, Terminal terminal) {
        this.page = page;
        this.command = command;
        this.terminal = terminal;
        this.width = ablation.suite().variants().stream().mapToInt(variant -> variant.name().length()).max().orElse(1);
    }

    @Override
    public void planned(int runs, int done) {
        this.runs = runs;
        this.done = done;
        terminal.print(runs + " runs" + (done == 0 ? "" : ", " + done + " of them finished before"));
    }

    @Override
    public void begins(RunPlace run) {
        atWork.add(run);
        if (terminal.interactive()) {
            terminal.bottom(done + " of " + runs + " runs; at work: "
                    + atWork.stream().map(RunPlace::words).collect(Collectors.joining("; ")));
        }
    }

    @Override
    public void ended(RunPlace run, RunResult result, Comparison comparison) {
        steps.close();
        steps = StepView.NONE;
        atWork.remove(run);
        done++;
        String words = switch (result.state()) {
            case FINISHED -> result.scores().stream()
                    .map(score -> String.format(Locale.ROOT, "%s %.2f", score.name(), score.trained()))
                    .collect(Collectors.joining(", ")) + (result.verdict().isEmpty() ? "" : "; " + result.verdict());
            case FAILED -> "failed: " + result.failure();
            default -> "not finished";
        };
        terminal.print(String.format(
                Locale.ROOT, "%3d/%d  %-" + width + "s  seed %d  %s", done, runs, run.variant(), run.seed(), words));
        write(comparison);
    }

    void write(Comparison comparison) {
        page.write(ComparisonPage.html(comparison, command));
    }

    /** Returns what shows a run in this process. */
    RunListener ofRun() {
        return new RunListener() {

            @Override
            public void started(RunPlan plan) {
                RunState state = new RunState(plan);
                steps = terminal.interactive()
                        ? new StepBar(state, terminal)
                        : new StepLines(state, terminal, BETWEEN_LINES, false);
            }

            @Override
            public void stepped(long steps) {
                AblationScreen.this.steps.stepped(steps);
            }

            @Override
            public void logged(Metrics metrics) {
                steps.logged(metrics);
            }

            @Override
            public void noted(String sentence) {
                terminal.print("       " + sentence);
            }
        };
    }

    @Override
    public void close() {
        steps.close();
        steps = StepView.NONE;
        terminal.bottom("");
    }
}
