package org.latentmim.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.examples.TinyLatentMim;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Equal;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.RunListener;

class AblationTest {

    private static final Catalogue CATALOGUE = Catalogue.find();

    @TempDir
    private Path folder;

    @BeforeAll
    static void natives() {
        Natives.prepare();
    }

    private static Recipe tiny(int depth) {
        return TinyLatentMim.draft()
                .with("images.train.to", 64).with("images.test.from", 9960)
                .with("train.batch", 16).with("train.epochs", 4)
                .with("encoder.depth", depth)
                .with("runtime.device", "cpu")
                .recipe(CATALOGUE);
    }

    private Ablation ablation(Variant... variants) {
        return new Ablation(new Suite("depth", "How deep?", Optional.empty(), Form.SMOKE, List.of(1L, 2L), variants[0].name(),
                List.of(variants)), folder, CATALOGUE);
    }

    private static Worker worker(Ablation ablation) {
        return ablation.inThisProcess(compute -> Map.of(), new RunListener() {}, Throwable::getMessage);
    }

    @Test
    void goesThroughOneSeedOfAllVariantsAfterTheOther() {
        Ablation ablation = ablation(new Variant("one", "", tiny(1)), new Variant("two", "", tiny(2)));
        assertThat(ablation.runs()).extracting(RunPlace::words)
                .containsExactly("one, seed 1", "two, seed 1", "one, seed 2", "two, seed 2");
        assertThat(ablation.runs(List.of("two"), List.of(7L))).extracting(RunPlace::folder)
                .containsExactly(folder.resolve("depth-smoke/two/seed-7"));
        assertThatThrownBy(() -> ablation.runs(List.of("three"), List.of())).isInstanceOf(UsageException.class)
                .hasMessage("there is no variant 'three' in depth. There are: one, two");
    }

    @Test
    void anotherDepthIsTrainedForFewerEpochsWhereOperationsAreToBeEqual() {
        Ablation ablation = ablation(new Variant("one", "", tiny(1)), new Variant("images", "", tiny(8)),
                new Variant("operations", "", tiny(8), Equal.OPERATIONS));
        Recipe images = ablation.recipe(ablation.runs().get(1));
        Recipe operations = ablation.recipe(ablation.runs().get(2));
        assertThat(images.train().epochs()).isEqualTo(4);
        double ratio = operations(tiny(1)) / operations(tiny(8));
        assertThat(ratio).isBetween(0.1, 0.9);
        assertThat(operations.train().epochs()).isEqualTo((int) Math.round(4 * ratio));
        assertThat(operations.train().warmupEpochs()).isEqualTo(0.5 * operations.train().epochs() / 4);
        assertThat(operations.run().seed()).isEqualTo(1);
        assertThat(operations.name()).contains("depth-operations");
    }

    /** The products of an image do not hang on how many images are in a batch. */
    @Test
    void operationsAreThoseOfAnImage() {
        Recipe recipe = tiny(1);
        Recipe larger = RecipeDraft.of(recipe).with("train.batch", 4).recipe(CATALOGUE);
        assertThat(operations(recipe)).isEqualTo(operations(larger));
    }

    private static double operations(Recipe recipe) {
        return Operations.ofImage(recipe, CATALOGUE).orElseThrow();
    }

    @Test
    void recordsWhyARunFailedAndGoesOn() {
        Recipe broken = RecipeDraft.of(tiny(1)).with("train.batch", 1000).recipe(CATALOGUE);
        Ablation ablation = ablation(new Variant("broken", "", broken), new Variant("whole", "", tiny(1)));
        List<String> ended = new ArrayList<>();
        Comparison comparison = ablation.run(ablation.runs(List.of(), List.of(1L)), 1, worker(ablation), new AblationListener() {
            @Override
            public void ended(RunPlace run, RunResult result, Comparison now) {
                ended.add(run.words() + " " + result.state());
            }
        }, () -> false);
        assertThat(ended).containsExactly("broken, seed 1 FAILED", "whole, seed 1 FINISHED");
        assertThat(comparison.variants().get(0).failures()).singleElement().asString().contains("train.batch");
        assertThat(comparison.count(State.FINISHED)).isEqualTo(1);
        assertThat(comparison.count(State.WAITING)).isEqualTo(2);
    }

    @Test
    void aRunThatIsFinishedIsNotRunAgainAndOneWithoutItsNoteIsOnlyLookedAt() throws Exception {
        Ablation ablation = ablation(new Variant("one", "", tiny(1)));
        List<RunPlace> first = ablation.runs(List.of(), List.of(1L));
        Comparison before = ablation.run(first, 1, worker(ablation), new AblationListener() {}, () -> false);
        Worker never = (run, stop) -> {
            throw new AssertionError(run.words() + " is run again");
        };
        ablation.run(first, 1, never, new AblationListener() {}, () -> false);

        Files.delete(folder.resolve("depth-smoke/one/seed-1.json")); // as if killed just before it was written
        Comparison after = ablation.run(first, 1, worker(ablation), new AblationListener() {}, () -> false);
        assertThat(after.variants().get(0).scores()).isEqualTo(before.variants().get(0).scores());
        assertThat(after.count(State.FINISHED)).isEqualTo(1);
    }

    @Test
    void aRunThatAnotherSuiteFinishedByTheSameRecipeIsTakenOver() throws Exception {
        Ablation first = ablation(new Variant("one", "", tiny(1)), new Variant("two", "", tiny(2)));
        first.run(first.runs(List.of("one"), List.of(1L)), 1, worker(first), new AblationListener() {}, () -> false);
        Ablation second = new Ablation(new Suite("other", "The same?", Optional.empty(), Form.SMOKE, List.of(1L), "same",
                List.of(new Variant("same", "", tiny(1)), new Variant("deeper", "", tiny(2)))), folder, CATALOGUE);
        List<RunPlace> runs = second.runs();
        assertThat(second.isLeft(runs.get(0))).isFalse();
        assertThat(second.isLeft(runs.get(1))).isTrue();

        List<String> said = new ArrayList<>();
        Worker worker = second.inThisProcess(compute -> Map.of(), new RunListener() {
            @Override
            public void noted(String sentence) {
                said.add(sentence);
            }
        }, Throwable::getMessage);
        Comparison comparison = second.run(runs.subList(0, 1), 1, worker, new AblationListener() {}, () -> false);
        Path original = folder.resolve("depth-smoke/one/seed-1");
        Path copy = folder.resolve("other-smoke/same/seed-1");
        assertThat(said).containsExactly("taken over from " + original.toAbsolutePath() + ", which has the same recipe");
        assertThat(comparison.variants().get(0).scores().get(0).trained())
                .isEqualTo(first.comparison().variants().get(0).scores().get(0).trained());
        assertThat(copy.resolve("metrics.jsonl")).hasSameBinaryContentAs(original.resolve("metrics.jsonl"));
        assertThat(Files.readString(copy.resolve("recipe.yaml"))).startsWith("name: other-same\n");
        assertThat(Files.readString(original.resolve("recipe.yaml"))).startsWith("name: depth-one\n");
        assertThat(second.isFinished(runs.get(0))).isTrue();
    }

    @Test
    void aRunOfAnotherSeedOrWithoutItsNoteIsNoTwin() throws Exception {
        Ablation ablation = ablation(new Variant("one", "", tiny(1)), new Variant("again", "", tiny(1)));
        ablation.run(ablation.runs(List.of("one"), List.of(1L)), 1, worker(ablation), new AblationListener() {}, () -> false);
        RunPlace twin = ablation.runs(List.of("again"), List.of(1L)).get(0);
        assertThat(ablation.isLeft(twin)).isFalse();
        assertThat(ablation.isLeft(ablation.runs(List.of("again"), List.of(2L)).get(0))).isTrue();
        Files.delete(folder.resolve("depth-smoke/one/seed-1.json"));
        assertThat(ablation.isLeft(twin)).isTrue();
    }
}
