package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.pipeline.Outcome;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.Metrics;
import org.latentmim.train.RunListener;

/** Twelve steps of a tiny run, looked at. */
class HealthTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<Metrics> seen = new ArrayList<>();

    @Test
    void theTrainingIsTheSameWhetherItIsLookedAtOrNot() throws IOException {
        for (String precision : List.of("fp32", "bf16")) {
            String[] recipe = {"runtime.precision=" + precision, "encoder.drop-path=0.3",
                    "losses=[patch-discrimination, sigreg]"};
            Outcome watched = run(precision + "-watched", with(recipe, "health.every=1"));
            Outcome alone = run(precision + "-alone", with(recipe, "health.every=0"));
            assertThat(watched.health()).isPresent();
            assertThat(alone.health()).isEmpty();
            assertThat(folder.resolve(precision + "-alone/health.json")).doesNotExist();
            for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
                assertThat(watched.checkpoint().resolve(file)).hasSameBinaryContentAs(alone.checkpoint().resolve(file));
            }
        }
    }

    @Test
    void looksEveryFewStepsAndAtTheEndAndKeepsWhatItSaw() throws IOException {
        Outcome outcome = run("run", "health.every=5", "health.images=6");
        assertThat(seen).extracting(Metrics::step).containsExactly(5L, 10L, 12L);
        assertThat(seen.get(0).values().keySet()).containsExactly("health/similarity/within", "health/similarity/across",
                "health/similarity/same-place", "health/variance/place", "health/variance/image", "health/deviation",
                "health/effective-rank", "health/position", "health/loss", "health/loss/patch-discrimination",
                "health/chance/patch-discrimination", "health/orthogonal/patch-discrimination",
                "health/loss/similarity-constraint", "health/gradient/encoder", "health/gradient/projector",
                "health/gradient/decoder", "health/update/encoder", "health/update/projector", "health/update/decoder");
        JsonNode kept = JSON.readTree(folder.resolve("run/health.json").toFile()).get("looks");
        JsonNode last = kept.get(kept.size() - 1);
        assertThat(last.get("step").asLong()).isEqualTo(12);
        assertThat(last.get("words").asText()).isEqualTo(outcome.health().orElseThrow().words());
        assertThat(last.get("measured").get("effective-rank").asDouble())
                .isEqualTo(seen.get(2).values().get("health/effective-rank"));
        assertThat(Files.readString(folder.resolve("run/metrics.jsonl"))).contains("\"health/effective-rank\":");
        assertThat(notes).allMatch(note -> note.startsWith("Step "));
    }

    @Test
    void seesTheSameAfterItWasStopped() throws IOException {
        String[] recipe = {"health.every=3", "train.epochs=4", "losses=[l2]", "target=shared"};
        Outcome whole = run("whole", recipe);
        try (Pretraining first = Pretraining.of(TinyRecipe.with(recipe), folder.resolve("broken"))) {
            long[] steps = {0};
            first.run(Map.of(), new RunListener() {
                @Override
                public void stepped(long done) {
                    steps[0] = done;
                }
            }, () -> steps[0] == 13);
        }
        Outcome resumed;
        try (Pretraining second = Pretraining.of(TinyRecipe.with(recipe), folder.resolve("broken"))) {
            resumed = second.goOn(TinyRecipe.with(recipe), Map.of(), new RunListener() {}, () -> false);
        }
        assertThat(resumed.health()).isEqualTo(whole.health()).isPresent();
        assertThat(folder.resolve("broken/health.json")).hasSameTextualContentAs(folder.resolve("whole/health.json"));
    }

    @Test
    void stopsAfterThreeLooksThatTheRecipeStopsOn() throws IOException {
        String[] recipe = {
                "train.epochs=8", "train.base-learning-rate=1e-9", "health.every=10", "health.stop-on=[not-moving]"};
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run("still", recipe))
                .withMessageMatching("Stopped after step 40 of 48, as health\\.stop-on says: not moving \\(.*\\): .*"
                        + " The weights so far are in .*step-000000040\\.");
        assertThat(folder.resolve("still/checkpoints/step-000000040/model.safetensors")).exists();
        assertThat(notes).singleElement().asString().startsWith("Step 20: not moving (");
    }

    private Outcome run(String name, String... recipe) throws IOException {
        try (Pretraining run = Pretraining.of(TinyRecipe.with(recipe), folder.resolve(name))) {
            return run.run(Map.of(), new RunListener() {
                @Override
                public void noted(String sentence) {
                    notes.add(sentence);
                }

                @Override
                public void logged(Metrics metrics) {
                    if (metrics.values().containsKey("health/loss")) {
                        seen.add(metrics);
                    }
                }
            }, () -> false);
        }
    }

    private static String[] with(String[] recipe, String more) {
        List<String> all = new ArrayList<>(List.of(recipe));
        all.add(more);
        return all.toArray(String[]::new);
    }
}
