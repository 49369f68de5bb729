package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;

class SuitesTest {

    @Test
    void namesEverySuiteInTheFolder() throws IOException, URISyntaxException {
        Path folder = Path.of(SuitesTest.class.getResource("/suites").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Suites.BUILT_IN.stream(), Stream.of(Suites.FORMS)).toList());
        }
    }

    /** With a narrow encoder and noise in place of images, which need not be there; all else is as it is. */
    @ParameterizedTest
    @FieldSource("org.latentmim.app.Suites#BUILT_IN")
    void canRunEveryVariantInEveryForm(String name) {
        Catalogue catalogue = Catalogue.find();
        for (Form form : Form.values()) {
            Suite suite = Suites.read(name, Optional.of(form), List.of());
            assertThat(suite.name()).isEqualTo(name);
            assertThat(suite.variants()).hasSizeGreaterThan(2);
            assertThat(suite.seeds()).hasSizeGreaterThanOrEqualTo(3);
            for (Variant variant : suite.variants()) {
                try (Pretraining pretraining = Pretraining.of(inSmall(variant.recipe(), catalogue))) {
                    assertThat(pretraining.plan().steps()).as(variant.name()).isPositive();
                    assertThat(pretraining.estimate().masked()).as(variant.name()).isPositive();
                } catch (RuntimeException e) {
                    throw new AssertionError(name + ", " + form + ", " + variant.name() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static Recipe inSmall(Recipe recipe, Catalogue catalogue) {
        return RecipeDraft.of(recipe)
                .with("images.train", Map.of(
                        "name", "noise", "images", 20_000, "height", 32, "width", 32, "channels", recipe.images().mean().size()))
                .with("encoder", Map.of("width", 48, "heads", 2, "depth", Math.min(6, recipe.number("encoder.depth").orElse(6)),
                        "projector", Map.of("width", 32)))
                .with("evaluation.with", List.of())
                .with("runtime.device", "cpu")
                .with("runtime.precision", "fp32")
                .recipe(catalogue);
    }

    @Test
    void theLadderGoesFromJointReconstructionToTheMethod() {
        Suite ladder = Suites.read("ladder", Optional.of(Form.CPU), List.of());
        assertThat(ladder.variants()).extracting(Variant::name).containsExactly(
                "joint", "stop-gradient", "momentum", "discrimination", "sparse", "cross-attention", "full");
        assertThat(ladder.variants()).extracting(variant -> variant.recipe().target().name())
                .containsExactly("shared", "stop-gradient", "momentum", "momentum", "momentum", "momentum", "momentum");
        assertThat(ladder.variants()).extracting(Variant::recipe)
                .extracting(recipe -> recipe.losses().get(0).name() + recipe.losses().size())
                .containsExactly("l21", "l21", "l21", "patch-discrimination1", "patch-discrimination1", "patch-discrimination1",
                        "patch-discrimination2");
        assertThat(ladder.variants()).extracting(variant -> variant.recipe().grid().gap()).containsExactly(0, 0, 0, 0, 1, 1, 1);
        assertThat(ladder.variants()).extracting(variant -> variant.recipe().decoder().name())
                .containsExactly("self-attention", "self-attention", "self-attention", "self-attention", "self-attention",
                        "cross-attention", "cross-attention");
        assertThat(ladder.variants().get(6).recipe()).isEqualTo(Recipes.read("cifar10-small", List.of(
                "train.epochs=4", "run.keep-newest=1", "run.evaluate-every=0",
                "evaluation.with=[{name: nearest-neighbor, k: []}, swept-linear-probe]")));
    }
}
