package org.latentmim.pipeline;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Interval;
import org.latentmim.spi.Metrics;
import org.latentmim.spi.Score;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.RunListener;
import org.latentmim.train.RunPlan;

class PretrainingTest {

    private static final String[] JUDGED = {"images.test={name: stripes, size: 10, first: 1000}", "evaluation.with=[size]"};

    @TempDir
    Path temporary;

    @Test
    void leavesEverythingOfARunInItsFolder() throws IOException {
        Path folder = temporary.resolve("runs/one");
        Outcome outcome = run(folder, JUDGED);

        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.steps()).isEqualTo(12);
        assertThat(outcome.unreadable()).isEmpty();
        assertThat(outcome.checkpoint()).isEqualTo(folder.resolve("checkpoints/step-000000012"));
        assertThat(files(folder)).containsExactly(".lock", "checkpoints/latest", "checkpoints/step-000000012/model.safetensors",
                "checkpoints/step-000000012/optimizer.safetensors", "checkpoints/step-000000012/state.json", "environment.json",
                "health.json", "metrics.jsonl", "recipe.yaml", "scores.json");
        assertThat(folder.resolve("recipe.yaml")).hasContent(TinyRecipe.with(JUDGED).toYaml());
        assertThat(json(folder.resolve("environment.json")).get("machine").asText()).isEqualTo("test");
        List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
        assertThat(lines).hasSize(4 + 1 + 2 + 1); // steps 1, 4, 8 and 12, a look at the last, two epochs, an evaluation
        assertThat(new JsonMapper().readTree(lines.get(7)).get("score/size/mean").asDouble())
                .isEqualTo(outcome.scores().get(2).score().value());
    }

    @Test
    void judgesPixelsThenTheUntrainedThenTheTrainedEncoder() throws IOException {
        Told told = new Told();
        Outcome outcome;
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(JUDGED), temporary)) {
            outcome = pretraining.run(Map.of(), told, () -> false);
        }
        assertThat(outcome.scores()).extracting(JudgedScore::representation).containsExactly("pixels", "untrained", "trained");
        assertThat(outcome.scores()).extracting(JudgedScore::epoch).containsExactly(0.0, 0.0, 2.0);
        assertThat(outcome.scores()).allMatch(score -> score.evaluator().equals("size") && score.score().images() == 10);
        assertThat(outcome.scores().stream().map(score -> score.score().value()).distinct()).hasSize(3);
        assertThat(told.scores).isEqualTo(outcome.scores());
        JsonNode written = json(temporary.resolve("scores.json"));
        assertThat(written).hasSize(3);
        assertThat(written.get(2).get("score").get("value").asDouble()).isEqualTo(outcome.scores().get(2).score().value());
    }

    @Test
    void bringsACheckpointBackToJudgeItAgain() {
        Outcome outcome = run(temporary.resolve("run"), JUDGED);
        Told told = new Told();
        RunDirectory directory = RunDirectory.open(temporary.resolve("run"));
        List<JudgedScore> scores =
                Scoring.of(TinyRecipe.with(JUDGED)).all(Checkpoint.open(directory.checkpoints()), told);
        assertThat(scores).usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds").isEqualTo(outcome.scores());
        assertThat(told.scores).isEqualTo(scores);
    }

    @Test
    void scoresOfARunAreReplacedByThoseOfTheSameMeasureAndOthersAdded() {
        Outcome outcome = run(temporary.resolve("run"), JUDGED);
        RunDirectory directory = RunDirectory.open(temporary.resolve("run"));
        JudgedScore first = outcome.scores().get(0);
        JudgedScore again = new JudgedScore(first.representation(), first.epoch(), first.evaluator(),
                new Score(first.score().name(), 7, "", 1, "again").within(new Interval(6, 8, "guessed")).with("k", 3), "", 1, "2");
        JudgedScore elsewhere = again.on("elsewhere");
        ScoreFile.add(directory, List.of(again, elsewhere));
        List<JudgedScore> expected = new ArrayList<>(outcome.scores());
        expected.set(0, again);
        expected.add(elsewhere);
        assertThat(ScoreFile.read(directory)).isEqualTo(expected);
    }

    @Test
    void evaluatorsThatCannotJudgeAreLeftOutIfSoAskedFor() {
        Outcome outcome = run(temporary.resolve("run"));
        List<String> notices = new ArrayList<>();
        Scoring scoring = Scoring.of(TinyRecipe.with("evaluation.with=[size]")).ofWhatCanBe(notices::add);
        assertThat(scoring.baselines(new Told())).isEmpty();
        assertThat(notices).containsOnly(
                "evaluation by 'size' is not possible: there are no images to judge by: give images.test").hasSize(2);
        assertThat(outcome.scores()).isEmpty();
    }

    @Test
    void theRecipeOfARunReadsBackToTheSameRun() {
        Outcome outcome = run(temporary.resolve("one"), JUDGED);
        Recipe read = TinyRecipe.read(temporary.resolve("one/recipe.yaml"));
        assertThat(read.toYaml()).isEqualTo(TinyRecipe.with(JUDGED).toYaml());
        try (Pretraining again = Pretraining.of(read, temporary.resolve("two"))) {
            assertThat(again.run(Map.of(), new Told(), () -> false).scores())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                    .isEqualTo(outcome.scores());
        }
    }

    @Test
    void twoRunsOfOneSeedEndAtTheSameWeights() throws IOException {
        Outcome one = run(temporary.resolve("one"), "runtime.workers=1");
        Outcome two = run(temporary.resolve("two"), "runtime.workers=3");
        Outcome other = run(temporary.resolve("other"), "run.seed=4");
        assertThat(weights(one)).isEqualTo(weights(two)).isNotEqualTo(weights(other));
    }

    @Test
    void savesWhatItHasIfItIsStopped() throws IOException {
        Told told = new Told();
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(JUDGED), temporary)) {
            Outcome outcome = pretraining.run(Map.of(), told, () -> told.steps >= 5);
            assertThat(outcome.finished()).isFalse();
            assertThat(outcome.steps()).isEqualTo(5);
            assertThat(outcome.checkpoint()).isEqualTo(temporary.resolve("checkpoints/step-000000005"));
            assertThat(outcome.scores()).extracting(JudgedScore::representation).containsExactly("pixels", "untrained");
        }
        JsonNode state = json(temporary.resolve("checkpoints/step-000000005/state.json"));
        assertThat(state.get("epoch").asDouble()).isEqualTo(5 / 6.0);
        assertThat(json(temporary.resolve("scores.json"))).hasSize(2);
    }

    @Test
    void measuresNothingWithoutEvaluators() throws IOException {
        Outcome outcome = run(temporary);
        assertThat(outcome.scores()).isEmpty();
        assertThat(json(temporary.resolve("scores.json"))).isEmpty();
        assertThat(Scoring.of(TinyRecipe.with()).isEmpty()).isTrue();
    }

    @Test
    void refusesAFolderWithSomethingInItBeforeItWritesAnything() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> run(temporary))
                .withMessage("The folder " + temporary + " is not empty. Name another one with --out.");
        assertThat(files(temporary)).containsExactly("notes.txt");
    }

    @Test
    void writesNothingUntilItRuns() throws IOException {
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(JUDGED), temporary.resolve("run"))) {
            assertThat(pretraining.plan()).isEqualTo(new RunPlan(12, 6, 2, 4));
            assertThat(pretraining.estimate().visible()).isEqualTo(4);
            assertThat(pretraining.compute()).hasToString("cpu with 1 threads, fp32");
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysWhichImageIsTooSmallForTheEvaluation() {
        String[] square = {
                "images.test={name: stripes, size: 10, height: 9, width: 9}", "evaluation.with=[size]", "runtime.workers=1"};
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run(temporary, square)).withMessage(
                "cannot use stripes 0: resized to 12 x 12 pixels, it has no room for the grid of 12 x 16");
    }

    @Test
    void findsMistakesBeforeItRuns() {
        refused("evaluation names 'size', but there are no images to judge by: give images.test, or leave it out of evaluation.with",
                "evaluation.with=[size]");
        refused("evaluation.resize must be at least 12, the short side of the grid without gaps, but is 11", "evaluation.resize=11");
        refused("a batch of 25 images is more than the set has: 24; lower train.batch", "train.batch=25");
        refused("one step takes 7 batches of 4 images, but an epoch has only 6 such batches; lower train.batch or"
                + " train.accumulation", "train.accumulation=7");
    }

    private static void refused(String message, String... overrides) {
        Recipe recipe = TinyRecipe.with(overrides);
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Pretraining.of(recipe)).withMessage(message);
    }

    private static Outcome run(Path folder, String... overrides) {
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(overrides), folder)) {
            return pretraining.run(Map.of("machine", "test"), new Told(), () -> false);
        }
    }

    private static byte[] weights(Outcome outcome) throws IOException {
        return Files.readAllBytes(outcome.checkpoint().resolve("model.safetensors"));
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    private static final class Told implements RunListener {

        private final List<JudgedScore> scores = new ArrayList<>();
        private long steps;

        @Override
        public void started(RunPlan plan) {
            steps = 0;
        }

        @Override
        public void stepped(long steps) {
            this.steps = steps;
        }

        @Override
        public void logged(Metrics metrics) {
            assertThat(metrics.step()).isPositive();
        }

        @Override
        public void evaluated(List<JudgedScore> scores) {
            this.scores.addAll(scores);
        }
    }
}
