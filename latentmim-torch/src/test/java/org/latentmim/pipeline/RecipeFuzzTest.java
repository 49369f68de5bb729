package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;
import org.latentmim.testing.Fuzzing;

class RecipeFuzzTest {

    /** What YAML can do beyond what recipes need, for damage to copy from. */
    private static final String YAML = RecipeFiles.SMALL + """
            name: "quoted \\u0041 \\
              on two lines"
            description: |
              block # text
            run: &run { seed: 16, log-every: 1000 }
            """;
    private static final String ALIASES = RecipeFiles.SMALL.replace("decoder: tiny", "decoder: &part { name: tiny }")
            .replace("losses: [contrast]", "losses:\n  - &loss { name: contrast, weight: 1.5e0, as: 'one' }\n  - contrast");

    @TempDir
    Path folder;

    @Test
    void damagedRecipesAreReadOrRefused() throws Exception {
        RecipeFiles files = new RecipeFiles(folder).with("small.yaml", RecipeFiles.SMALL);
        List<byte[]> seeds = List.of(bytes(YAML), bytes(ALIASES), bytes("extends: small.yaml\ngrid: {rows: 4}\n"));
        int refused = Fuzzing.run("recipe", seeds, input -> {
            Files.write(folder.resolve("fuzzed.yaml"), input);
            Recipe recipe = files.read("fuzzed.yaml");
            Files.writeString(folder.resolve("again.yaml"), recipe.toYaml());
            if (!files.read("again.yaml").toYaml().equals(recipe.toYaml())) {
                throw new AssertionError("reads back to another recipe:\n" + recipe.toYaml());
            }
        }, UsageException.class);
        assertThat(refused).isPositive();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
