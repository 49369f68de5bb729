package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.runtime.FailureException;
import org.latentmim.train.RunListener;
import org.latentmim.train.Setbacks;

/** Twelve steps, with a checkpoint after every third. */
@Timeout(60)
class SetbacksTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double PEAK = 0.1 * 4 / 256;

    /** Its weight goes a learning rate a step: full ones lead it too far in seven steps, slower ones never do. */
    private static final String TOO_FAST = "losses=[patch-discrimination, {name: faulty, reach: " + 6.7 * PEAK + "}]";
    private static final String[] SLOWER =
            {TOO_FAST, "train.warmup-epochs=0", "train.schedule=constant", "train.setbacks={skips: 3, slow-down: 0.1}"};

    @TempDir
    private Path temporary;

    private final List<String> noted = new ArrayList<>();

    @Test
    void goesBackToTheLastGoodCheckpointAndOnFromThereMoreSlowly() throws IOException {
        Outcome outcome = run(temporary, SLOWER);
        assertThat(outcome.finished()).isTrue();
        assertThat(noted.get(1)).startsWith("Step 8: diverging (");
        assertThat(noted).filteredOn(note -> !note.startsWith("Step 8: ")).containsExactly(
                "Step 8 is skipped, since its loss or gradient is not finite; its images are listed in "
                        + temporary.resolve("skipped.jsonl") + ".",
                "The loss or gradient of 3 steps in a row, up to step 10, is not finite. The run goes back to step 6, and on"
                        + " from there with 0.1 of its learning rate.");
        assertThat(setbacks(outcome)).isEqualTo(new Setbacks(3, 0, 1, 0.1));
        assertThat(lines(temporary.resolve("skipped.jsonl")))
                .extracting(line -> line.get("step").asInt()).containsExactly(8, 9, 10);
        List<JsonNode> metrics =
                lines(temporary.resolve("metrics.jsonl")).stream().filter(line -> line.has("learning-rate")).toList();
        assertThat(metrics).extracting(line -> line.get("step").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(lines(temporary.resolve("metrics.jsonl"))).filteredOn(line -> line.has("health/loss"))
                .extracting(line -> line.get("step").asInt()).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(metrics.subList(0, 6)).allMatch(line -> line.get("learning-rate").asDouble() == PEAK);
        assertThat(metrics.subList(6, 12)).allMatch(line -> line.get("learning-rate").asDouble() == 0.1 * PEAK
                && line.get("skipped-steps").asInt() == 3 && Double.isFinite(line.get("loss").asDouble()));
    }

    @Test
    void whetherItIsStoppedOrKilledAmongSkippedStepsMakesNoDifference() throws IOException {
        Path unbroken = temporary.resolve("unbroken");
        Outcome whole = run(unbroken, SLOWER);
        Path stopped = temporary.resolve("stopped");
        life(stopped, step -> step == 8, step -> {}, SLOWER);
        life(stopped, step -> step == 9, step -> {}, SLOWER);
        assertThat(goodCheckpoints(stopped)).as("kept beside two of skipped steps").contains("step-000000006");
        Outcome last = run(stopped, SLOWER);
        assertEqualRuns(whole, unbroken, last, stopped);

        Path killed = temporary.resolve("killed");
        for (long at : new long[] {9, 8}) { // the second time in what was undone before
            assertThatExceptionOfType(FailureException.class).isThrownBy(() -> life(killed, step -> false, step -> {
                if (step == at) {
                    throw new IllegalStateException("killed");
                }
            }, SLOWER));
        }
        last = run(killed, SLOWER);
        assertEqualRuns(whole, unbroken, last, killed);
    }

    @Test
    void doesNotForgetThatItWentBackWhenItIsKilledBeforeTheNextCheckpoint() throws IOException {
        Path unbroken = temporary.resolve("unbroken");
        Outcome whole = run(unbroken, SLOWER);
        Path killed = temporary.resolve("killed");
        int[] sevenths = {0};
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> life(killed, step -> false, step -> {
            if (step == 7 && ++sevenths[0] == 2) {
                throw new IllegalStateException("killed");
            }
        }, SLOWER)).withMessage("Step 7 failed while its numbers were recorded: IllegalStateException: killed; the last"
                + " checkpoint is " + killed.resolve("checkpoints/step-000000006") + ".");
        noted.clear();
        assertEqualRuns(whole, unbroken, run(killed, SLOWER), killed);
        assertThat(noted).containsExactly("Going on after step 6 of 12.");
    }

    @Test
    void stopsWhenGoingBackDoesNotHelp() throws IOException {
        String[] hopeless = {"losses=[patch-discrimination, {name: faulty, gradient: [6, 7, 8]}]",
                "train.setbacks={skips: 3, returns: 2}"};
        String explanation = "The loss or gradient of 3 steps in a row, up to step 9, is not finite, and the run may not go"
                + " back again (train.setbacks.returns is 2). The images of these steps are listed in "
                + temporary.resolve("skipped.jsonl") + "; a lower train.base-learning-rate, train.clip-norm=3 or"
                + " runtime.precision=fp32 may help. The last checkpoint is "
                + temporary.resolve("checkpoints/step-000000006") + ".";
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run(temporary, hopeless)).withMessage(explanation);
        assertThat(noted).hasSize(3 + 2).last().asString().startsWith("Step 7 is skipped");
        assertThat(lines(temporary.resolve("skipped.jsonl"))).hasSize(9);

        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run(temporary, hopeless)).withMessage(explanation);
        hopeless[1] = "train.setbacks={skips: 4}";
        assertThat(setbacks(run(temporary, hopeless))).isEqualTo(new Setbacks(9, 0, 2, 0.25));
    }

    @Test
    void goesOnFromWhatAVersionKeptThatDidNotSkip() throws IOException {
        Outcome first = life(temporary, step -> step == 5, step -> {});
        Path state = first.checkpoint().resolve("state.json");
        ObjectNode older = (ObjectNode) JSON.readTree(state.toFile());
        ((ObjectNode) older.get("training")).remove("setbacks");
        Files.writeString(state, older.toString());
        assertThat(setbacks(run(temporary))).isEqualTo(Setbacks.NONE);
    }

    private void assertEqualRuns(Outcome whole, Path unbroken, Outcome other, Path folder) throws IOException {
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(other.checkpoint().resolve(file)).hasSameBinaryContentAs(whole.checkpoint().resolve(file));
        }
        assertThat(setbacks(other)).isEqualTo(setbacks(whole));
        assertThat(folder.resolve("skipped.jsonl")).hasSameBinaryContentAs(unbroken.resolve("skipped.jsonl"));
        assertThat(metrics(folder)).isEqualTo(metrics(unbroken));
        assertThat(folder.resolve("health.json")).hasSameTextualContentAs(unbroken.resolve("health.json"));
    }

    private Outcome run(Path folder, String... overrides) {
        return life(folder, step -> false, step -> {}, overrides);
    }

    /** Begins a run or goes on with it. A step does not pass the place of a checkpoint before that is written. */
    private Outcome life(Path folder, IntPredicate stop, LongConsumer stepped, String... overrides) {
        List<String> settings = new ArrayList<>(List.of(overrides));
        settings.addAll(List.of("run.checkpoint-steps=3", "run.checkpoint-minutes=0", "run.log-every=1", "health.every=2"));
        long[] steps = {0};
        RunListener listener = new RunListener() {
            @Override
            public void stepped(long done) {
                if (done == 4 || done == 7) {
                    WriterAtRest.await(() -> latest(folder.resolve("checkpoints")) >= done - 1);
                }
                steps[0] = done;
                stepped.accept(done);
            }

            @Override
            public void noted(String sentence) {
                noted.add(sentence);
            }
        };
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(settings.toArray(String[]::new)), folder)) {
            Path before = folder.resolve("recipe.yaml");
            return Files.exists(before)
                    ? pretraining.goOn(TinyRecipe.read(before), Map.of(), listener, () -> stop.test((int) steps[0]))
                    : pretraining.run(Map.of(), listener, () -> stop.test((int) steps[0]));
        }
    }

    private static long latest(Path checkpoints) {
        return Checkpoint.latest(checkpoints).map(checkpoint -> checkpoint.state().step()).orElse(0L);
    }

    private static List<String> goodCheckpoints(Path run) throws IOException {
        try (Stream<Path> folders = Files.list(run.resolve("checkpoints"))) {
            return folders.map(folder -> folder.getFileName().toString()).filter(name -> name.startsWith("step-")).toList();
        }
    }

    private static Setbacks setbacks(Outcome outcome) {
        try {
            JsonNode state = JSON.readTree(outcome.checkpoint().resolve("state.json").toFile());
            return JSON.treeToValue(state.get("training").get("setbacks"), Setbacks.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> metrics(Path folder) throws IOException {
        List<JsonNode> metrics = lines(folder.resolve("metrics.jsonl"));
        metrics.forEach(line -> ((ObjectNode) line).remove(List.of("images-per-second", "data-wait")));
        return metrics;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
