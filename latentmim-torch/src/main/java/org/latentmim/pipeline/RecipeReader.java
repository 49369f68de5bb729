package org.latentmim.pipeline;

import java.util.List;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/** Reads recipes: a file or a built-in recipe, what it {@code extends}, and what the command line overrides. Immutable. */
public final class RecipeReader {

    private final Catalogue catalogue;
    private final BuiltInRecipes builtIn;

    public RecipeReader(Catalogue catalogue, BuiltInRecipes builtIn) {
        this.catalogue = catalogue;
        this.builtIn = builtIn;
    }

    /**
     * Reads a recipe.
     *
     * @param recipe a file, or the name of a built-in recipe
     * @param overrides from the command line, such as {@code train.epochs=5} or {@code losses.0.weight=2}; later ones win
     * @throws UsageException with all mistakes of the recipe, or the first that keeps it from being read as YAML
     * @throws FailureException if a file cannot be read
     */
    public Recipe read(String recipe, List<String> overrides) {
        RecipeText text = RecipeText.find(recipe, builtIn);
        Value.Keys keys = text.withInherited();
        for (String override : overrides) {
            keys = CommandLineOverride.parse(override).applyTo(keys);
        }
        Problems problems = new Problems();
        var bound = new RecordBinder(catalogue, problems).bind(Recipe.class, keys, "");
        problems.throwIfAny(text.name());
        return bound.orElseThrow();
    }
}
