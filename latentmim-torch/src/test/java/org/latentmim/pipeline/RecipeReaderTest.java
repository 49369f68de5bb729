package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Best;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.RunConfig;

class RecipeReaderTest {

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void aFolder() {
        files = new RecipeFiles(folder);
    }

    @Test
    void fillsInDefaults() {
        Recipe recipe = files.with("small.yaml", RecipeFiles.SMALL).read("small.yaml");

        assertThat(recipe.run()).isEqualTo(new RunConfig(0, 20, 0, 10, 0, 0, 2, 0, Optional.empty(), Best.Extreme.HIGHEST, 0.01));
        assertThat(recipe.augmentation().flip()).isTrue();
        assertThat(recipe.train().baseLearningRate()).isEqualTo(1e-4);
        assertThat(recipe.train().betas()).containsExactly(0.9, 0.95);
        assertThat(recipe.metrics()).extracting(Choice::name).containsExactly("jsonl");
        assertThat(recipe.encoder().place()).isEqualTo("small.yaml:7");
        assertThat(recipe.losses().get(0).path()).isEqualTo("losses.0");
    }

    @Test
    void quotesTheBeginningOfALongText() {
        files.with("long.yaml", RecipeFiles.SMALL.replace("epochs: 1", "epochs: " + "x".repeat(1 << 20)));

        refused("long.yaml").hasMessage("1 problem in long.yaml:\n  long.yaml:12  train.epochs: must be a whole number, but is '"
                + "x".repeat(100) + "...'");
    }

    @Test
    void showsTheFirstOfManyMistakes() {
        StringBuilder unknown = new StringBuilder(RecipeFiles.SMALL);
        for (int i = 0; i < 1000; i++) {
            unknown.append("unknown-key-").append(i).append(": 1\n");
        }
        files.with("many.yaml", unknown.toString());

        refused("many.yaml").hasMessageStartingWith("1000 problems in many.yaml:\n").hasMessageEndingWith("\n  and 950 more");
    }

    @Test
    void tellsAllMistakesAtOnce() {
        files.with("quickstart.yaml", """
                images:
                  train: {name: blank, from: 1.5, folder: data}
                  mean: 0.5
                  deviation: [0.2, "0.2", 0.2]
                grid: {rows: 0, columns: 3}
                masking:
                  name: randm
                encoder:
                  name: tiny
                  widht: 3
                  broken: yes
                decoder: ~
                target: [momentum]
                losses:
                  - {name: contrast, weight: heavy, as: ""}
                  - {temperature: 3}
                train:
                  epochs: three
                  batch: 3.5
                  base-learning-rate: 1e999
                runtime: {device: cdua, threads: 99999999999}
                augmentation: {min-scale: 2}
                run: {log-every: 0}
                """);

        refused("quickstart.yaml").hasMessage("""
                18 problems in quickstart.yaml:
                  quickstart.yaml:2  images.train.from: must be a whole number, but is '1.5'
                  quickstart.yaml:3  images.mean: must be a list, each a number, but is '0.5'
                  quickstart.yaml:4  images.deviation.1: must be a number, but is the text '0.2'
                  quickstart.yaml:5  grid.patch-size: is required, but missing
                  quickstart.yaml:7  masking.name: there is no mask sampler 'randm'. Did you mean 'random'? There are: \
                none (FakePlugin), random (FakePlugin)
                  quickstart.yaml:10  encoder.widht: unknown key. Did you mean 'width'? Allowed: name, width, depth, broken
                  quickstart.yaml:11  encoder.broken: must be true or false, but is 'yes'
                  quickstart.yaml:12  decoder: must be the name of a decoder, or a map with it, but is empty
                  quickstart.yaml:13  target: must be the name of a target, or a map with it, but is a list
                  quickstart.yaml:15  losses.0.weight: must be a number, but is 'heavy'
                  quickstart.yaml:16  losses.1.name: is required, but missing. There are: contrast (FakePlugin)
                  quickstart.yaml:18  train.epochs: must be a whole number, but is 'three'
                  quickstart.yaml:19  train.batch: must be a whole number, but is '3.5'
                  quickstart.yaml:20  train.base-learning-rate: must be a number of 64 bits, but is '1e999'
                  quickstart.yaml:21  runtime.device: must be one of auto, cpu, cuda, but is 'cdua'. Did you mean 'cuda'?
                  quickstart.yaml:21  runtime.threads: must be a whole number of 32 bits, but is '99999999999'
                  quickstart.yaml:22  augmentation: min-scale and max-scale must hold 0 < min-scale <= max-scale <= 1, \
                but are 2.0 and 1.0
                  quickstart.yaml:23  run: log-every must be at least 1, but is 0""");
    }

    @Test
    void tellsOneMistakeInTheSingular() {
        refused(files.with("one.yaml", RecipeFiles.SMALL + "colour: red\n"), "one.yaml").hasMessage("""
                1 problem in one.yaml:
                  one.yaml:15  colour: unknown key. Allowed: name, description, run, runtime, images, augmentation, grid, \
                masking, encoder, decoder, target, losses, also, train, health, evaluation, metrics""");
    }

    @Test
    void tellsTheLineOfTheKeyThatIsOutOfRange() {
        files.with("late.yaml", RecipeFiles.SMALL.replace("epochs: 1\n", "epochs: 0\n"));

        refused("late.yaml").hasMessage("1 problem in late.yaml:\n  late.yaml:12  train: epochs must be at least 1, but is 0");
    }

    @Test
    void refusesLossesOfOneName() {
        files.with("twice.yaml", RecipeFiles.SMALL.replace("[contrast]", "[contrast, {name: contrast, temperature: 1}]"));
        refused("twice.yaml").hasMessage("""
                1 problem in twice.yaml:
                  twice.yaml:10  losses has two terms with the name 'contrast'; give one of them another with 'as'""");

        files.with("none.yaml", RecipeFiles.SMALL.replace("[contrast]", "[]"));
        refused("none.yaml").hasMessage("1 problem in none.yaml:\n  none.yaml:10  losses must have at least one term");
    }

    @Test
    void aComponentThatIsADefaultMayBeMissingFromTheCatalogue() {
        files.with("small.yaml", RecipeFiles.SMALL);
        RecipeReader reader = new RecipeReader(Catalogue.of(List.of()), BuiltInRecipes.NONE);

        assertThatThrownBy(() -> reader.read(folder.resolve("small.yaml").toString(), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(
                        "\n  @Default of Recipe.metrics  metrics.0.name: there is no metric sink 'jsonl'. There are none");
    }

    @Test
    void resolvesPathsAgainstTheFileThatTheyStandIn() {
        files.with("base/base.yaml", RecipeFiles.SMALL.replace("train: blank", "train: {name: blank, folder: here/../images}"))
                .with("mine.yaml", "extends: base/base.yaml\nimages:\n  test: {name: blank, folder: ~/photos}\n");

        Recipe recipe = files.read("mine.yaml");

        assertThat(recipe.images().train().config())
                .isEqualTo(new FakePlugin.BlankImages.Config(8, 3, Optional.of(folder.resolve("base/images"))));
        assertThat(recipe.images().test().orElseThrow().config())
                .isEqualTo(new FakePlugin.BlankImages.Config(
                        8, 3, Optional.of(Path.of(System.getProperty("user.home"), "photos"))));
    }

    @Test
    void writesWhatReadsBackToTheSameRecipe() {
        String small = RecipeFiles.SMALL.replace("encoder: tiny", "encoder: {name: tiny, width: 8}");
        Recipe recipe = files.with("full.yaml", small + """
                        name: "12"
                        description: |
                          Two lines: with 'quotes', # and
                          "more" ä 😀.
                        runtime: {threads: 2, precision: bf16}
                        evaluation: {resize: 36, with: [neighbors, {name: neighbors, neighbors: [], limit: ~}]}
                        """)
                .read("full.yaml", "images.test={name: blank, folder: 'a b', from: 1, per-class: 2}", "losses.0.as=yes");

        Recipe again = files.with("moved/again.yaml", recipe.toYaml()).read("moved/again.yaml");

        assertThat(again).isEqualTo(recipe);
        assertThat(again.toYaml()).isEqualTo(recipe.toYaml());
    }

    @Test
    void writesKeysInOrderAndShortListsOnOneLine() {
        assertThat(files.with("small.yaml", RecipeFiles.SMALL).read("small.yaml").toYaml()).isEqualTo("""
                run:
                  seed: 0
                  log-every: 20
                  evaluate-every: 0
                  checkpoint-minutes: 10
                  checkpoint-steps: 0
                  checkpoint-epochs: 0
                  keep-newest: 2
                  keep-every: 0
                  best: highest
                  tolerate-unreadable: 0.01
                runtime:
                  device: auto
                  precision: fp32
                  products: auto
                  recompute: false
                  bf16-target: false
                images:
                  train:
                    name: blank
                    size: 8
                    channels: 3
                  mean: [0.5, 0.5, 0.5]
                  deviation: [0.2, 0.2, 0.2]
                augmentation:
                  min-scale: 0.2
                  max-scale: 1.0
                  max-aspect: 1.3333333333333333
                  flip: true
                  color-jitter:
                    brightness: 0.0
                    contrast: 0.0
                    saturation: 0.0
                  decode: full
                grid:
                  rows: 2
                  columns: 3
                  patch-size: 4
                  gap: 0
                  bands: 1
                masking:
                  name: random
                  visible: 2
                  noise: white-noise
                  share:
                    from: 1.0
                    to: 0.5
                    shape: linear
                encoder:
                  name: tiny
                  width: 4
                  depth: 1
                  broken: false
                decoder:
                  name: tiny
                target:
                  name: momentum
                  from: 0.99
                  to: 1.0
                losses:
                  - name: contrast
                    temperature: 0.2
                    weight: 1.0
                also: []
                train:
                  epochs: 1
                  batch: 2
                  accumulation: 1
                  base-learning-rate: 1.0E-4
                  warmup-epochs: 0.0
                  floor: 0.25
                  schedule: cosine
                  stretch: 1.0
                  milestones: []
                  decay: 0.1
                  weight-decay: 0.05
                  betas: [0.9, 0.95]
                  early-update: false
                  setbacks:
                    skips: 10
                    returns: 3
                    slow-down: 0.5
                health:
                  every: 200
                  images: 32
                  stop-on: []
                evaluation:
                  pooling: mean
                  layer: 1
                  with: []
                metrics:
                  - name: jsonl
                """);
    }

    private AbstractThrowableAssert<?, ?> refused(String name) {
        return refused(files, name);
    }

    private static AbstractThrowableAssert<?, ?> refused(RecipeFiles files, String name) {
        return assertThatThrownBy(() -> files.read(name)).isInstanceOf(UsageException.class);
    }
}
