package org.latentmim.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** A folder of recipes to read. */
record RecipeFiles(Path folder) {

    static final String SMALL = """
            images:
              train: blank
              mean: [0.5, 0.5, 0.5]
              deviation: [0.2, 0.2, 0.2]
            grid: {rows: 2, columns: 3, patch-size: 4}
            masking: {name: random, visible: 2}
            encoder: tiny
            decoder: tiny
            target: momentum
            losses: [contrast]
            train:
              epochs: 1
              batch: 2
              base-learning-rate: 1e-4
            """;

    RecipeFiles with(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recipe read(String name, String... overrides) {
        return read(BuiltInRecipes.NONE, folder.resolve(name).toString(), overrides);
    }

    Recipe read(BuiltInRecipes builtIn, String name, String... overrides) {
        return new RecipeReader(Catalogue.of(List.of(new FakePlugin())), builtIn).read(name, List.of(overrides));
    }

    BuiltInRecipes builtIn(String name) {
        try {
            TreeMap<String, URL> byName = new TreeMap<>();
            byName.put(name, folder.resolve(name + ".yaml").toUri().toURL());
            return new BuiltInRecipes(byName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
