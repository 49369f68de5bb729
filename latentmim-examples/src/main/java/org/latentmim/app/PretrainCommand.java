package org.latentmim.app;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.pipeline.Outcome;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains what a recipe describes. */
@Command(
        name = "pretrain",
        description = "Trains an encoder as a recipe says; Ctrl-C saves and stops.",
        mixinStandardHelpOptions = true)
final class PretrainCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Folder of the run, new or empty; runs/NAME-TIME if left out.")
    private Optional<Path> out;

    @Spec
    private CommandSpec spec;

    PretrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Recipe wanted = recipe.read();
        String name = wanted.name().orElse(recipe.stem());
        Path folder = out.orElseGet(() -> Path.of("runs", name + "-" + LocalDateTime.now().format(TIME)));
        try (Pretraining pretraining = Pretraining.of(wanted, folder.toAbsolutePath());
                RunScreen screen = new RunScreen(terminal);
                Interruption interruption = Interruption.listen(() -> terminal.print(
                        "Stopping after this step and saving; press Ctrl-C again to leave at once."))) {
            terminal.title("Pretraining " + name);
            Summary.of(pretraining).forEach(terminal::print);
            terminal.print("run        " + folder);
            List<String> args = spec.root().commandLine().getParseResult().originalArgs();
            Outcome outcome = pretraining.run(Environment.describe(pretraining.compute(), args), screen, interruption);
            screen.close();
            report(outcome, pretraining.plan().steps(), folder);
            return outcome.finished() ? 0 : Interruption.EXIT_CODE;
        }
    }

    private void report(Outcome outcome, long steps, Path folder) {
        ScoreTable.print(outcome.scores(), terminal);
        UnreadableImages.print(outcome.unreadable(), "others took their place", terminal);
        if (outcome.finished()) {
            terminal.print("\nThe run is in " + folder);
        } else {
            terminal.print("\nStopped after step " + outcome.steps() + " of " + steps + ". The weights so far are in " + folder
                    + "\nTo measure them: latentmim evaluate " + folder);
        }
    }
}
