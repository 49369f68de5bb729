package org.latentmim.app;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Outcome;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains what a recipe describes. */
@Command(
        name = "pretrain",
        description = {"Trains an encoder as a recipe says; Ctrl-C saves and stops.",
                "The same command with the same --out goes on with a run that is not finished."},
        mixinStandardHelpOptions = true)
final class PretrainCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--out", paramLabel = "FOLDER",
            description = "Folder of the run: new, empty, or one of this recipe to go on with; runs/NAME-TIME if left out.")
    private Optional<Path> out;

    @Option(names = "--resume", description = "RECIPE is the folder of a run: go on with it, with its own recipe.")
    private boolean resume;

    @Mixin
    private TimeLimit limit;

    @Spec
    private CommandSpec spec;

    PretrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (resume && out.isPresent()) {
            throw new UsageException("--resume goes on in the folder of the run itself; leave out --out.");
        }
        Recipe wanted = resume ? recipe.readOfRun() : recipe.read();
        String name = wanted.name().orElse(recipe.stem());
        Path folder = resume
                ? recipe.run()
                : out.orElseGet(() -> Path.of("runs", name + "-" + LocalDateTime.now().format(TIME)));
        BooleanSupplier late = limit.start();
        try (Pretraining pretraining = Pretraining.of(wanted, folder.toAbsolutePath());
                RunScreen screen = new RunScreen(terminal);
                Interruption interruption = Interruption.listen(signal -> terminal.print("Stopping after this step and saving ("
                        + signal.words() + "); press Ctrl-C again to leave at once."))) {
            terminal.title("Pretraining " + name);
            Summary.of(pretraining).forEach(terminal::print);
            terminal.print("run        " + folder);
            Outcome outcome = train(pretraining, folder, screen, () -> interruption.getAsBoolean() || late.getAsBoolean());
            screen.close();
            report(outcome, pretraining.plan().steps(), folder);
            return outcome.finished() ? 0 : interruption.exitCode().orElse(TimeLimit.EXIT_CODE);
        }
    }

    private Outcome train(Pretraining pretraining, Path folder, RunScreen screen, BooleanSupplier stop) {
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        Map<String, Object> environment = Environment.describe(pretraining.compute(), args);
        return RunDirectory.isRun(folder)
                ? pretraining.goOn(Recipes.read(folder.resolve("recipe.yaml").toString(), List.of()), environment, screen, stop)
                : pretraining.run(environment, screen, stop);
    }

    private void report(Outcome outcome, long steps, Path folder) {
        ScoreTable.print(outcome.scores(), terminal);
        outcome.health().ifPresent(health -> terminal.print("\nIs it learning? " + health.words()));
        UnreadableImages.print(outcome.unreadable(), "others took their place", terminal);
        if (outcome.finished()) {
            terminal.print("\nThe run is in " + folder);
        } else {
            terminal.print("\nStopped after step " + outcome.steps() + " of " + steps + ". The weights so far are in " + folder
                    + "\nTo go on: latentmim pretrain --resume " + folder
                    + "\nTo measure them: latentmim evaluate " + folder);
        }
    }
}
