package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentmim.examples.LossExample;
import org.latentmim.examples.TargetOptimisationExample;
import org.latentmim.examples.TinyLatentMim;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;

/** What is put together in Java is what YAML says, key for key. */
class ExamplesInJavaTest {

    @Test
    void theRecipeIsTheBuiltInOne() {
        assertThat(TinyLatentMim.draft().recipe(Catalogue.find())).isEqualTo(Recipes.read("latent-mim-tiny",
                List.of("run.keep-newest=1", "evaluation.with=[{name: nearest-neighbor, k: []}]")));
    }

    @Test
    void theSuiteOfTargetsIsTheBuiltInOne() {
        same(TargetOptimisationExample.suite(), "target-optimisation");
    }

    @Test
    void theSuiteOfLossesIsTheBuiltInOne() {
        same(LossExample.suite(), "loss");
    }

    private static void same(Suite java, String name) {
        Suite yaml = Suites.read(name, Optional.of(Form.SMOKE), List.of());
        assertThat(java.variants()).containsExactlyElementsOf(yaml.variants());
        assertThat(java).isEqualTo(yaml);
    }
}
