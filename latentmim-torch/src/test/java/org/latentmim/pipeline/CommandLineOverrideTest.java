package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;

class CommandLineOverrideTest {

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void aRecipe() {
        files = new RecipeFiles(folder)
                .with("small.yaml", RecipeFiles.SMALL.replace("[contrast]", "[{name: contrast, weight: 3}]"));
    }

    @Test
    void setsOneKey() {
        assertThat(files.read("small.yaml", "train.epochs=5", "train.epochs=6").train().epochs()).isEqualTo(6);
    }

    @Test
    void setsAKeyInAList() {
        Recipe recipe = files.read("small.yaml", "losses.0.temperature=0.1");
        assertThat(recipe.losses().get(0).config()).isEqualTo(new FakePlugin.Contrast.Config(0.1));
        assertThat(recipe.losses().get(0).extra().weight()).isEqualTo(3);
    }

    @Test
    void makesMissingMaps() {
        assertThat(files.read("small.yaml", "runtime.threads=3").runtime().threads()).hasValue(3);
    }

    @Test
    void aNameAloneCanGetKeys() {
        assertThat(files.read("small.yaml", "encoder.width=9", "encoder.depth=2").encoder().config())
                .isEqualTo(new FakePlugin.TinyEncoder.Config(9, 2, false));
    }

    @Test
    void takesYaml() {
        assertThat(files.read("small.yaml", "masking={name: none}", "metrics=[]").metrics()).isEmpty();
    }

    @Test
    void anotherComponentKeepsNoKeys() {
        assertThat(files.read("small.yaml", "masking.name=none").masking().name()).isEqualTo("none");
    }

    @Test
    void mistakesNameTheOverride() {
        refused("train.epohcs=5").hasMessageStartingWith("""
                1 problem in small.yaml:
                  --set train.epohcs=5  train.epohcs: unknown key. Did you mean 'epochs'? Allowed: epochs, batch,""");
        refused("run.seed=").hasMessage("""
                1 problem in small.yaml:
                  --set run.seed=  run.seed: must be a whole number, but is empty""");
    }

    @Test
    void whatTheOverrideDoesNotSayKeepsItsPlace() {
        files.with("small.yaml", RecipeFiles.SMALL.replace(", visible: 2", ""));
        refused("masking.noise=pink-noise").hasMessage("""
                1 problem in small.yaml:
                  small.yaml:6  masking.visible: is required, but missing""");
    }

    @Test
    void refusesWhatIsNoOverride() {
        refused("epochs").hasMessage("--set epochs must look like path.to.key=value, such as --set train.epochs=5.");
        refused("=5").hasMessage("--set =5 must look like path.to.key=value, such as --set train.epochs=5.");
        refused("a..b=5").hasMessage("--set a..b=5 must look like path.to.key=value, such as --set train.epochs=5.");
        refused("run.seed=[").hasMessageStartingWith("--set run.seed=[, line 1, column 2: cannot be read: ");
    }

    @Test
    void refusesAPathThatDoesNotFit() {
        refused("losses.1.weight=2")
                .hasMessage("--set losses.1.weight=2: losses is a list of 1, so that '1' must be a number below 1.");
        refused("losses.weight=2")
                .hasMessage("--set losses.weight=2: losses is a list of 1, so that 'weight' must be a number below 1.");
        refused("train.epochs.x=2").hasMessage("""
                1 problem in small.yaml:
                  --set train.epochs.x=2  train.epochs: must be a whole number, but is a map""");
    }

    private AbstractThrowableAssert<?, ?> refused(String override) {
        return assertThatThrownBy(() -> files.read("small.yaml", override)).isInstanceOf(UsageException.class);
    }
}
