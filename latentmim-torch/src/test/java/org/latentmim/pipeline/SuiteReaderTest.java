package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.pipeline.Suite.Equal;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.UsageException;

class SuiteReaderTest {

    private static final String HEAD = """
            name: rates
            question: how fast?
            forms:
              smoke: { recipe: small.yaml, seeds: [3, 1] }
              cpu: { recipe: small.yaml, change: { train: { batch: 8 } } }
            """;

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void aRecipe() {
        files = new RecipeFiles(folder).with("small.yaml", RecipeFiles.SMALL);
    }

    private Suite read(String variants, Optional<Form> form, String... overrides) {
        files.with("suite.yaml", HEAD + variants);
        return readFile("suite.yaml", form, overrides);
    }

    private Suite readFile(String file, Optional<Form> form, String... overrides) {
        return new SuiteReader(Catalogue.of(List.of(new FakePlugin())), BuiltInRecipes.suitesOnClassPath(null, List.of()),
                BuiltInRecipes.NONE).read(folder.resolve(file).toString(), form, List.of(overrides));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String variants) {
        return assertThatThrownBy(() -> read(variants, Optional.empty())).isInstanceOf(UsageException.class);
    }

    @Test
    void laysEachVariantOverTheRecipeOfTheForm() {
        Suite suite = read("""
                claim: not too fast
                base: slow
                change: { train: { epochs: 4 } }
                variants:
                  - name: fast
                    change: { train: { base-learning-rate: 1.0 } }
                  - { name: slow, about: as it is, equal: operations }
                """, Optional.of(Form.CPU), "train.batch=9");

        assertThat(suite).extracting(Suite::name, Suite::question, Suite::claim, Suite::form, Suite::seeds, Suite::base)
                .containsExactly("rates", "how fast?", Optional.of("not too fast"), Form.CPU, List.of(1L, 2L, 3L), "slow");
        assertThat(suite.variants()).extracting(Variant::name, Variant::about, Variant::equal).containsExactly(
                tuple("fast", "", Equal.IMAGES),
                tuple("slow", "as it is", Equal.OPERATIONS));
        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().baseLearningRate())
                .containsExactly(1.0, 1e-4);
        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().epochs()).containsOnly(4);
        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().batch()).containsOnly(9);
    }

    @Test
    void takesSmokeAndItsSeedsAndTheFirstVariantAsTheBaseUnlessToldOtherwise() {
        Suite suite = read("variants: [{ name: one }, { name: two }]\n", Optional.empty());

        assertThat(suite.form()).isEqualTo(Form.SMOKE);
        assertThat(suite.seeds()).containsExactly(3L, 1L);
        assertThat(suite.base()).isEqualTo("one");
        assertThat(suite.variants().get(0).recipe().train().batch()).isEqualTo(2);
    }

    @Test
    void keepsWhatAVariantChangesWhateverIsSet() {
        Suite suite = read("""
                variants:
                  - { name: one }
                  - { name: epochs, grid: { train.epochs: [5, 6] } }
                  - { name: large, change: { train: { batch: 7 } } }
                """, Optional.empty(), "train.epochs=9", "train.batch=3");

        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().epochs()).containsExactly(9, 5, 6, 9);
        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().batch()).containsExactly(3, 3, 3, 7);
    }

    @Test
    void makesAVariantOfEveryWayToCombineTheValuesOfAGrid() {
        Suite suite = read("""
                variants:
                  - name: rate
                    grid:
                      train.base-learning-rate: [1.0, 2.0e-1]
                      losses.0: [contrast, { name: contrast, weight: 2 }]
                      run.seed: [7]
                  - { name: epochs, grid: { train.epochs: [5, 6] } }
                """, Optional.empty());

        assertThat(suite.variants()).extracting(Variant::name).containsExactly(
                "rate-base-learning-rate-1.0-0-contrast-seed-7", "rate-base-learning-rate-1.0-contrast-seed-7",
                "rate-base-learning-rate-2.0e-1-0-contrast-seed-7", "rate-base-learning-rate-2.0e-1-contrast-seed-7",
                "epochs-5", "epochs-6");
        assertThat(suite.variants()).extracting(variant -> variant.recipe().train().baseLearningRate())
                .containsExactly(1.0, 1.0, 0.2, 0.2, 1e-4, 1e-4);
        assertThat(suite.variants()).extracting(variant -> variant.recipe().losses().get(0).extra().weight())
                .containsExactly(1.0, 2.0, 1.0, 2.0, 1.0, 1.0);
    }

    @Test
    void standsOneVariantOnAnotherWhereverThatStands() {
        Suite suite = read("""
                variants:
                  - { name: third, on: second, change: { train: { batch: 3 } } }
                  - { name: second, on: first, change: { train: { batch: 5, epochs: 2 } } }
                  - { name: first, forms: [cpu], change: { run: { seed: 9 } }, in: { smoke: { run: { log-every: 4 } } } }
                """, Optional.empty());

        assertThat(suite.variants()).extracting(Variant::name).containsExactly("third", "second");
        Recipe third = suite.variants().get(0).recipe();
        assertThat(List.of(third.train().batch(), third.train().epochs(), (int) third.run().seed(), third.run().logEvery()))
                .containsExactly(3, 2, 9, 4);
    }

    @Test
    void extendsAnotherSuite() {
        files.with("sizes.yaml", HEAD);
        files.with("child.yaml", """
                extends: sizes.yaml
                name: child
                forms: { cpu: { seeds: [5] } }
                variants: [{ name: one }]
                """);

        Suite suite = readFile("child.yaml", Optional.of(Form.CPU));
        assertThat(suite.name()).isEqualTo("child");
        assertThat(suite.seeds()).containsExactly(5L);
        assertThat(suite.variants().get(0).recipe().train().batch()).isEqualTo(8);
    }

    @Test
    void tellsAllMistakesOfASuiteAtOnce() {
        refused("""
                variants:
                  - { change: {} }
                  - { name: Two Words }
                  - { name: three, chnage: {}, change: 4, equal: money, forms: [gpu, tpu] }
                """).hasMessage("""
                6 problems in suite.yaml:
                  suite.yaml:7  variants.0.name: is required, but missing
                  suite.yaml:8  variants.1: name must be small letters, digits, dots, underscores and hyphens, as it names a \
                folder, but is 'Two Words'
                  suite.yaml:9  variants.2.chnage: unknown key. Did you mean 'change'? Allowed: name, about, on, forms, change, \
                in, grid, equal
                  suite.yaml:9  variants.2.forms.1: must be one of smoke, cpu, gpu, paper, but is 'tpu'. Did you mean 'cpu'?
                  suite.yaml:9  variants.2.change: must be a map, but is '4'
                  suite.yaml:9  variants.2.equal: must be one of images, operations, but is 'money'""");
    }

    @Test
    void tellsTheMistakesOfAllVariantsWithFileAndLine() {
        refused("""
                variants:
                  - { name: one, change: { train: { epochs: 0 } } }
                  - name: two
                    change:
                      target: momentm
                      trian: { epochs: 3 }
                  - { name: three, grid: { train.batch: [4, many] } }
                """).hasMessageStartingWith("4 problems in suite.yaml:\n")
                .hasMessageContaining("\n  suite.yaml:7  train: epochs must be at least 1, but is 0")
                .hasMessageContaining("\n  suite.yaml:10  target.name: there is no target 'momentm'. Did you mean 'momentum'?")
                .hasMessageContaining("\n  suite.yaml:11  trian: unknown key. Did you mean 'train'?")
                .hasMessageContaining("\n  suite.yaml:12  train.batch: must be a whole number, but is 'many'");
    }

    @Test
    void tellsAMistakeOfTheSharedRecipeOnce() {
        refused("""
                change: { train: { epochs: 0 } }
                variants: [{ name: one }, { name: two }]
                """).hasMessage("1 problem in suite.yaml:\n  suite.yaml:6  train: epochs must be at least 1, but is 0");
    }

    @Test
    void refusesGridsThatAreNone() {
        refused("variants: [{ name: one, grid: { train.batch: 4, train.epochs: [], 'Train!': [1] } }]\n").hasMessage("""
                1 problem in suite.yaml:
                  suite.yaml:6  variants.0.grid.train.batch: must be a list of values, but is '4'""");
        refused("variants: [{ name: one, grid: { train.epochs: [] } }]\n").hasMessage("""
                1 problem in suite.yaml:
                  suite.yaml:6  variants.0.grid.train.epochs: must be a list of values, but is empty""");
        refused("variants: [{ name: one, grid: { 'Train!': [1] } }]\n").hasMessage("""
                1 problem in suite.yaml:
                  suite.yaml:6  variants.0.grid: 'Train!' must be the path of a key, such as target.from""");
    }

    @Test
    void refusesWhatCannotBeASuite() {
        refused("variants: [{ name: one, on: onee }]\n")
                .hasMessage("suite.yaml  variants.0.on: there is no variant 'onee'. Did you mean 'one'?");
        refused("variants: [{ name: one, on: two }, { name: two, on: one }]\n")
                .hasMessage("suite.yaml  variants.0.on: a variant must not stand on itself.");
        refused("variants: [{ name: one }, { name: one }]\n")
                .hasMessage("suite.yaml: variants must have each once, but have 'one' twice.");
        refused("variants: []\n").hasMessage("suite.yaml: variants must have at least one.");
        refused("base: two\nvariants: [{ name: one }]\n").hasMessage("suite.yaml: base must be one of one, but is 'two'.");
        assertThatThrownBy(() -> read("variants: [{ name: one }]\n", Optional.of(Form.PAPER)))
                .hasMessage("suite.yaml has no form 'paper'. There are: smoke, cpu");
        assertThatThrownBy(() -> new SuiteReader(Catalogue.of(List.of(new FakePlugin())),
                BuiltInRecipes.suitesOnClassPath(null, List.of()), BuiltInRecipes.NONE)
                        .read("nowhere", Optional.empty(), List.of()))
                .hasMessage("there is no suite 'nowhere': no such file, and no built-in suite of that name. Built in: none");
    }

    @Test
    void findsAVariantByItsName() {
        Suite suite = read("variants: [{ name: one }, { name: two }]\n", Optional.empty());
        assertThat(suite.variant("two")).isEqualTo(suite.variants().get(1));
        assertThatThrownBy(() -> suite.variant("tow"))
                .hasMessage("there is no variant 'tow' in rates. Did you mean 'two'? There are: one, two");
    }
}
