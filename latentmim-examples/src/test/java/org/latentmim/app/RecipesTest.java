package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecipesTest {

    @Test
    void namesEveryRecipeInTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(RecipesTest.class.getResource("/recipes").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Recipes.BUILT_IN);
        }
    }

    @ParameterizedTest
    @FieldSource("org.latentmim.app.Recipes#BUILT_IN")
    void readsEveryRecipe(String name) {
        assertThat(Recipes.read(name, List.of()).name()).contains(name);
    }

    @Test
    void takesPathsOfBuiltInRecipesFromTheWorkingFolder() {
        assertThat(Recipes.read("cifar10", List.of()).toYaml())
                .contains("path: " + Path.of("data/cifar10/train").toAbsolutePath());
    }
}
