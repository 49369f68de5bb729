package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.train.RunListener;

/** A run that was stopped and gone on with is the run that was never stopped, bit for bit. */
class ResumeTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    /** Forty steps of five batches, two an epoch; the last two batches of an epoch make no step. */
    @ParameterizedTest
    @CsvSource({"fp32, 0", "fp32, 1", "fp32, 4", "bf16, 0", "bf16, 1", "bf16, 4"})
    void aRunThatStopsAfterEveryStepEndsAsOneThatNeverStops(String precision, int workers) throws IOException {
        Path unbroken = temporary.resolve("unbroken");
        Path broken = temporary.resolve("broken");
        Outcome whole = life(unbroken, Integer.MAX_VALUE, recipe(precision, 2));
        Outcome last = null;
        for (int step = 1; step <= 40; step++) {
            last = life(broken, step, recipe(precision, workers));
            assertThat(last.steps()).isEqualTo(step);
            assertThat(last.finished()).isFalse();
        }
        last = life(broken, Integer.MAX_VALUE, recipe(precision, workers)); // judges what the last step made
        assertThat(whole.finished()).isTrue();
        assertThat(whole.steps()).isEqualTo(40);
        assertThat(last.finished()).isTrue();
        assertThat(last.scores()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .isEqualTo(whole.scores()).hasSize(5);
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(last.checkpoint().resolve(file)).hasSameBinaryContentAs(whole.checkpoint().resolve(file));
        }
        assertThat(metrics(broken)).isEqualTo(metrics(unbroken));
    }

    private static Recipe recipe(String precision, int workers) {
        return TinyRecipe.with("train.batch=2", "train.accumulation=5", "train.epochs=20", "train.clip-norm=1",
                "encoder.drop-path=0.3", "run.evaluate-every=7", "images.test={name: stripes, size: 10, first: 1000}",
                "evaluation.with=[size]", "runtime.precision=" + precision, "runtime.workers=" + workers);
    }

    /** Begins a run or goes on with it, and stops after a step. */
    static Outcome life(Path folder, int until, Recipe recipe) {
        long[] steps = {0};
        RunListener listener = new RunListener() {
            @Override
            public void stepped(long done) {
                steps[0] = done;
            }
        };
        try (Pretraining pretraining = Pretraining.of(recipe, folder)) {
            Path before = folder.resolve("recipe.yaml");
            return Files.exists(before)
                    ? pretraining.goOn(TinyRecipe.read(before), Map.of(), listener, () -> steps[0] >= until)
                    : pretraining.run(Map.of(), listener, () -> steps[0] >= until);
        }
    }

    private static List<ObjectNode> metrics(Path folder) throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            ObjectNode numbers = (ObjectNode) JSON.readTree(line);
            lines.add(numbers.remove(List.of("images-per-second", "data-wait")));
        }
        return lines;
    }
}
