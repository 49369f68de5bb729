package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;

class RecipeDraftTest {

    private static final Catalogue CATALOGUE = Catalogue.of(List.of(new FakePlugin()));

    private static final RecipeDraft SMALL = RecipeDraft.EMPTY
            .with("images", Map.of(
                    "train", "blank", "mean", List.of(0.5, 0.5, 0.5), "deviation", List.of(0.2, 0.2, 0.2)))
            .with("grid", Map.of("rows", 2, "columns", 3, "patch-size", 4))
            .with("masking", Map.of("name", "random", "visible", 2))
            .with("encoder", "tiny")
            .with("decoder", "tiny")
            .with("target", "momentum")
            .with("losses", List.of("contrast"))
            .with("train", Map.of("epochs", 1, "batch", 2, "base-learning-rate", 1e-4));

    @TempDir
    private Path folder;

    @Test
    void isTheRecipeThatTheSameYamlMakes() {
        Recipe read = new RecipeFiles(folder).with("small.yaml", RecipeFiles.SMALL).read("small.yaml");
        assertThat(SMALL.recipe(CATALOGUE)).isEqualTo(read);
        assertThat(RecipeDraft.of(read).recipe(CATALOGUE)).isEqualTo(read);
    }

    @Test
    void laysAMapOverWhatIsThereAndReplacesAllElse() {
        Recipe recipe = SMALL.with("train", Map.of("epochs", 3))
                .with("train.batch", 7)
                .with("losses.0", Map.of("name", "contrast", "weight", 2))
                .recipe(CATALOGUE);
        assertThat(recipe.train()).extracting("epochs", "batch", "baseLearningRate").containsExactly(3, 7, 1e-4);
        assertThat(recipe.losses().get(0).extra().weight()).isEqualTo(2);
        assertThat(SMALL.recipe(CATALOGUE).train().epochs()).isEqualTo(1);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatThrownBy(() -> SMALL.with("train.epochs", "3").with("trian", Map.of()).recipe(CATALOGUE))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("2 problems in the recipe:\n")
                .hasMessageContaining("\n  the recipe  train.epochs: must be a whole number, but is the text '3'")
                .hasMessageContaining("\n  the recipe  trian: unknown key. Did you mean 'train'?");
        assertThatThrownBy(() -> SMALL.with("train..epochs", 3)).hasMessage(
                "'train..epochs' is not the path of a key, such as train.epochs.");
        assertThatThrownBy(() -> SMALL.with("name", Instant.EPOCH)).hasMessage(
                "A recipe holds maps, lists, text, numbers and booleans, but not 1970-01-01T00:00:00Z.");
        assertThatThrownBy(() -> SMALL.with("losses.4", "contrast"))
                .hasMessage("the recipe: losses is a list of 1, so that '4' must be a number below 1.");
    }
}
