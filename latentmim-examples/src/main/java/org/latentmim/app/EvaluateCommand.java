package org.latentmim.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.train.JudgedScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures the weights of a run. */
@Command(
        name = "evaluate",
        description = "Measures the latest weights of a run, and writes scores.json into it.",
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    private Path run;

    @Mixin
    private Overrides overrides;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RunDirectory directory = RunDirectory.open(run);
        try (Pretraining pretraining = Pretraining.of(Recipes.read(directory.recipe().toString(), overrides.values()));
                RunScreen screen = new RunScreen(terminal)) {
            terminal.title("Evaluating " + run);
            List<JudgedScore> scores = pretraining.evaluate(directory, screen);
            ScoreTable.print(scores, terminal);
            return 0;
        }
    }
}
