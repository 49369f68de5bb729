package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.runtime.UsageException;

class RecipeTextTest {

    @TempDir
    private Path folder;

    private RecipeFiles files;

    @BeforeEach
    void aFolder() {
        files = new RecipeFiles(folder).with("small.yaml", RecipeFiles.SMALL);
    }

    @Test
    void mergesMapsAndReplacesListsAndText() {
        files.with("mine/middle.yaml", "extends: ../small.yaml\ntrain: {epochs: 3, betas: [0.5, 0.5]}\nname: middle\n")
                .with("mine/mine.yaml", "extends: middle.yaml\ntrain: {batch: 7}\nimages: {mean: [0, 0, 0]}\nname: mine\n");

        Recipe recipe = files.read("mine/mine.yaml");

        assertThat(recipe.name()).contains("mine");
        assertThat(recipe.train().epochs()).isEqualTo(3);
        assertThat(recipe.train().batch()).isEqualTo(7);
        assertThat(recipe.train().betas()).containsExactly(0.5, 0.5);
        assertThat(recipe.images().mean()).containsExactly(0.0, 0.0, 0.0);
        assertThat(recipe.images().deviation()).containsExactly(0.2, 0.2, 0.2);
    }

    @Test
    void anotherComponentInheritsNoKeys() {
        files.with("mine.yaml", "extends: small.yaml\nmasking: {name: none}\n");
        assertThat(files.read("mine.yaml").masking().name()).isEqualTo("none");
    }

    @Test
    void theSameComponentInheritsItsKeys() {
        files.with("mine.yaml", "extends: small.yaml\nmasking: {noise: pink-noise}\n");
        assertThat(((FakePlugin.RandomMask.Config) files.read("mine.yaml").masking().config()).visible()).isEqualTo(2);
    }

    @Test
    void mistakesAreToldWhereTheyStand() {
        files.with("a-base.yaml", RecipeFiles.SMALL.replace("batch: 2", "batch: 0")).with(
                "mine.yaml", "extends: a-base.yaml\n\ntrain:\n  weight-decay: x\ngrid: {gap: -1}\n");
        refused("mine.yaml").hasMessage("""
                2 problems in mine.yaml:
                  mine.yaml:4  train.weight-decay: must be a number, but is 'x'
                  mine.yaml:5  grid: gap must be at least 0, but is -1""");
    }

    @Test
    void extendsABuiltInRecipe() {
        files.with("mine.yaml", "extends: small\ntrain: {epochs: 9}\nencoder: {name: tiny, widht: 1}\n");
        BuiltInRecipes builtIn = files.builtIn("small");

        assertThat(files.read(builtIn, "small").train().epochs()).isEqualTo(1);
        assertThatThrownBy(() -> files.read(builtIn, folder.resolve("mine.yaml").toString(), "grid.gap=x"))
                .hasMessage("""
                        2 problems in mine.yaml:
                          --set grid.gap=x  grid.gap: must be a whole number, but is 'x'
                          mine.yaml:3  encoder.widht: unknown key. Did you mean 'width'? Allowed: name, width, depth, broken""");
        assertThatThrownBy(() -> files.read(builtIn, "small", "train.epochs=0")).hasMessage("""
                1 problem in built-in/small.yaml:
                  --set train.epochs=0  train: epochs must be at least 1, but is 0""");
    }

    @Test
    void findsBuiltInRecipesOnTheClassPath() throws IOException {
        files.with("recipes/quickstart.yaml", RecipeFiles.SMALL);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            BuiltInRecipes builtIn = BuiltInRecipes.onClassPath(loader, List.of("quickstart"));
            assertThat(files.read(builtIn, "quickstart").train().batch()).isEqualTo(2);
            assertThatThrownBy(() -> BuiltInRecipes.onClassPath(loader, List.of("gone")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no recipes/gone.yaml on the class path");
        }
    }

    @Test
    void refusesCycles() {
        files.with("a.yaml", "extends: b.yaml").with("b.yaml", "# b\nextends: ./c.yaml").with("c.yaml", "extends: ../"
                + folder.getFileName() + "/a.yaml");
        refused("a.yaml").hasMessage(
                "c.yaml:1  extends: a recipe must not extend itself: a.yaml -> b.yaml -> c.yaml -> a.yaml.");
        files.with("self.yaml", "extends: self.yaml");
        refused("self.yaml").hasMessage("self.yaml:1  extends: a recipe must not extend itself: self.yaml -> self.yaml.");
    }

    @Test
    void refusesAChainWithoutEnd() throws IOException {
        files.with("again.yaml", "extends: loop/again.yaml");
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        refused("again.yaml").hasMessage("again.yaml:1  extends: more than 20 recipes extend each other.");
    }

    @Test
    void refusesToExtendWhatIsNoRecipe() {
        files.with("list.yaml", "extends: [a, b]");
        refused("list.yaml").hasMessage("list.yaml:1  extends: must be the name of a recipe, but is a list.");
        files.with("absolute.yaml", "extends: /etc/passwd");
        refused("absolute.yaml")
                .hasMessage("absolute.yaml:1  extends: must be a path relative to this file, or a built-in recipe,"
                + " but is '/etc/passwd'.");
        files.with("url.yaml", "extends: http://example.org/x.yaml");
        refused("url.yaml").hasMessage("url.yaml:1  extends: must be a path relative to this file, or a built-in recipe, but is"
                + " 'http://example.org/x.yaml'.");
        files.with("share.yaml", "extends: '\\\\server\\share\\x.yaml'");
        refused("share.yaml").hasMessage("share.yaml:1  extends: must be a path relative to this file, or a built-in recipe, but"
                + " is '\\\\server\\share\\x.yaml'.");
        files.with("passwords", "root:x:0").with("other.yaml", "extends: ./passwords");
        refused("other.yaml").hasMessage("other.yaml:1  extends: a recipe is a file that ends in .yaml or .yml, but this is"
                + " './passwords'.");
        files.with("gone.yaml", "extends: gnoe.yaml");
        refused("gone.yaml")
                .hasMessage("gone.yaml:1  extends: there is no recipe 'gnoe.yaml': no such file, and no built-in recipe"
                + " of that name. Built in: none.");
    }

    @Test
    void tellsWhichRecipesThereAre() {
        assertThatThrownBy(() -> files.read(files.builtIn("quickstart"), "quickstrat"))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no recipe 'quickstrat': no such file, and no built-in recipe of that name."
                        + " Did you mean 'quickstart'? Built in: quickstart");
        assertThatThrownBy(() -> files.read(files.builtIn("quickstart"), "nul\0"))
                .hasMessageStartingWith("there is no recipe 'nul\0': no such file");
    }

    @Test
    void refusesARecipeThatIsNoMap() {
        refused(files.with("empty.yaml", ""), "empty.yaml").hasMessage("empty.yaml: a recipe must be a map, but is empty.");
        refused(files.with("list.yaml", "[a]"), "list.yaml").hasMessage("list.yaml: a recipe must be a map, but is a list.");
    }

    private AbstractThrowableAssert<?, ?> refused(String name) {
        return refused(files, name);
    }

    private static AbstractThrowableAssert<?, ?> refused(RecipeFiles files, String name) {
        return assertThatThrownBy(() -> files.read(name)).isInstanceOf(UsageException.class);
    }
}
