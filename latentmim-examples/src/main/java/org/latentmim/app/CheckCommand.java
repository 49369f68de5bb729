package org.latentmim.app;

import java.util.concurrent.Callable;
import org.latentmim.pipeline.Pretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a recipe comes to. */
@Command(
        name = "check",
        description = "Finds the mistakes of a recipe; without any, shows all of its keys and what it takes to run.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What it prints is a recipe again: all that is no part of it is a comment. */
    @Override
    public Integer call() {
        try (Pretraining pretraining = Pretraining.of(recipe.read())) {
            terminal.print(pretraining.recipe().toYaml().stripTrailing());
            terminal.print("");
            Summary.of(pretraining).forEach(line -> terminal.print("# " + line));
            Summary.cost(pretraining).forEach(line -> terminal.print("# " + line));
            return 0;
        }
    }
}
