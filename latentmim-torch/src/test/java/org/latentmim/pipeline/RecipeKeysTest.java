package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

class RecipeKeysTest {

    @TempDir
    private Path folder;

    @Test
    void namesEachValueByItsPath() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"),
                "losses:\n  - {name: not-here, weight: 2.0}\nimages:\n  mean: [0.5, '0.1']\nname: ''\nalso: []\nempty:\n");
        assertThat(RecipeKeys.read(file)).containsExactly(entry("losses.0.name", "not-here"), entry("losses.0.weight", "2.0"),
                entry("images.mean.0", "0.5"), entry("images.mean.1", "0.1"), entry("name", ""));
    }

    @Test
    void refusesWhatIsNoYaml() throws IOException {
        Path file = Files.writeString(folder.resolve("recipe.yaml"), "a: [1");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> RecipeKeys.read(file))
                .withMessageStartingWith(file + ", line 1, column 6: cannot be read: ");
    }

    @Test
    void saysThatThereIsNoFile() {
        Path file = folder.resolve("recipe.yaml");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> RecipeKeys.read(file))
                .withMessage(file + " cannot be read: " + file);
    }
}
