package org.latentmim.app;

import java.util.List;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;

/** Recipes by name or file, with all plugins on the class path. */
final class Recipes {

    /** What lies in {@code recipes/}. */
    static final List<String> BUILT_IN = List.of("cifar10", "cifar10-small", "imagenet", "imagenet100", "quickstart");

    private Recipes() {}

    static Recipe read(String recipe, List<String> overrides) {
        BuiltInRecipes builtIn = BuiltInRecipes.onClassPath(Recipes.class.getClassLoader(), BUILT_IN);
        return new RecipeReader(Catalogue.find(), builtIn).read(recipe, overrides);
    }
}
