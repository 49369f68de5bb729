package org.latentmim.app;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Recipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A recipe as the command line names it. */
final class RecipeArgument {

    @Parameters(paramLabel = "RECIPE", description = "A YAML file, or the name of a built-in recipe: ${COMPLETION-CANDIDATES}.",
            completionCandidates = BuiltIn.class)
    private String recipe;

    @Mixin
    private Overrides overrides;

    Recipe read() {
        return read(List.of());
    }

    /** Reads the recipe with more changes than those of {@code --set}, which go before them. */
    Recipe read(List<String> more) {
        return Recipes.read(recipe, Stream.concat(overrides.values().stream(), more.stream()).toList());
    }

    /** Returns the folder of the run that the argument names. */
    Path run() {
        return RunDirectory.open(Path.of(recipe)).folder();
    }

    /** Reads the recipe of the run that the argument names. */
    Recipe readOfRun() {
        return Recipes.read(RunDirectory.open(Path.of(recipe)).recipe().toString(), overrides.values());
    }

    /** Returns the file's name without its ending, or the name of the built-in recipe. */
    String stem() {
        String file = recipe.substring(Math.max(recipe.lastIndexOf('/'), recipe.lastIndexOf('\\')) + 1);
        return file.replaceFirst("\\.ya?ml$", "");
    }

    /** Recipes to choose from. */
    static final class BuiltIn implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Recipes.BUILT_IN.iterator();
        }
    }
}
