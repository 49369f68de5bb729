package org.latentmim.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.Natives;

/**
 * An ablation in plain Java: how predictions are held against targets. {@code suites/loss.yaml} is the same in YAML, in its form
 * {@code smoke}.
 */
public final class LossExample {

    private final Catalogue catalogue = Catalogue.find();
    private final List<Variant> variants = new ArrayList<>();

    private LossExample() {}

    /** Runs the ablation in {@code runs} and prints what it shows; begun again, it goes on. */
    public static void main(String[] args) {
        Natives.prepare(); // before anything of torch is loaded
        TargetOptimisationExample.compare(suite(), Path.of("runs")).findings().forEach(System.out::println);
    }

    /** Returns the recipes to compare. */
    public static Suite suite() {
        LossExample example = new LossExample();
        example.discrimination("discrimination", "temperature 0.2", Map.of());
        for (double temperature : List.of(0.05, 0.1, 0.5, 1.0)) {
            example.discrimination("discrimination-temperature-" + temperature, "another temperature",
                    Map.of("temperature", temperature));
        }
        example.discrimination("not-standardised", "predictions as they are", Map.of("standardize", false));
        example.discrimination("batch-negatives", "among the patches of the whole batch", Map.of("negatives", "batch"));
        for (double similarity : List.of(0.999, 0.9)) {
            example.discrimination("duplicates-" + similarity, "near duplicates are no negatives",
                    Map.of("duplicates", similarity));
        }
        example.distance("l2", "mean squared distance");
        example.distance("normalized-l2", "to standardised targets");
        example.distance("smooth-l1", "absolute where far");
        example.distance("cosine", "direction alone");
        return new Suite("loss", "Does patch discrimination beat direct reconstruction of latents?",
                Optional.of("yes; distances to the target reward what all patches have in common"),
                Form.SMOKE, List.of(1L, 2L, 3L), "discrimination", example.variants);
    }

    private void discrimination(String name, String about, Map<String, ?> keys) {
        RecipeDraft discrimination = TinyLatentMim.draft()
                .with("losses", List.of(Map.of("name", "patch-discrimination", "temperature", 0.2)));
        Recipe recipe = discrimination.with("losses.0", keys).recipe(catalogue);
        variants.add(new Variant(name, about, recipe));
    }

    private void distance(String name, String about) {
        variants.add(new Variant(name, about, TinyLatentMim.draft().with("losses", List.of(name)).recipe(catalogue)));
    }
}
