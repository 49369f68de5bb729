package org.latentmim.app;

import java.util.Iterator;
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
        return Recipes.read(recipe, overrides.values());
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
