package org.latentmim.app;

import java.nio.file.Path;
import java.util.List;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;

/** Recipes by name or file, with all plugins on the class path. */
final class Recipes {

    /** What lies in {@code recipes/}. */
    static final List<String> BUILT_IN = List.of("capi", "capi-tiny", "cifar10", "cifar10-small", "data2vec", "data2vec-tiny",
            "i-jepa", "i-jepa-tiny", "imagenet100", "latent-mim", "latent-mim-lite", "latent-mim-lite-tiny", "latent-mim-tiny",
            "mae", "mae-tiny", "pilamim", "pilamim-tiny", "quickstart", "simmim", "simmim-tiny");

    private Recipes() {}

    static Recipe read(String recipe, List<String> overrides) {
        BuiltInRecipes builtIn = BuiltInRecipes.onClassPath(Recipes.class.getClassLoader(), BUILT_IN);
        return new RecipeReader(Catalogue.find(), builtIn).read(recipe, overrides);
    }

    /** Returns a folder of images as recipes have image sets. */
    static String folder(Path folder, int channels) {
        String path = folder.toAbsolutePath().toString().replace("'", "''");
        return "{name: folder, path: '" + path + "', channels: " + channels + "}";
    }
}
