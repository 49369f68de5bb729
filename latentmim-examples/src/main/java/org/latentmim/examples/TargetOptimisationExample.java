package org.latentmim.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.ablation.Ablation;
import org.latentmim.ablation.AblationListener;
import org.latentmim.ablation.Comparison;
import org.latentmim.ablation.RunPlace;
import org.latentmim.ablation.RunResult;
import org.latentmim.ablation.Worker;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.Natives;
import org.latentmim.train.RunListener;

/**
 * An ablation in plain Java: where targets come from. {@code suites/target-optimisation.yaml} is the same in YAML, in its form
 * {@code smoke}.
 */
public final class TargetOptimisationExample {

    private TargetOptimisationExample() {}

    /** Runs the ablation in {@code runs} and prints what it shows; begun again, it goes on. */
    public static void main(String[] args) {
        Natives.prepare(); // before anything of torch is loaded
        compare(suite(), Path.of("runs")).findings().forEach(System.out::println);
    }

    /** Returns the recipes to compare. */
    public static Suite suite() {
        Catalogue catalogue = Catalogue.find();
        RecipeDraft method = TinyLatentMim.draft();
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant("momentum", "from 0.99 to 1", method.recipe(catalogue)));
        for (double momentum : List.of(0.9, 0.996, 0.999, 0.9999)) {
            variants.add(new Variant("momentum-from-" + momentum, "another momentum at the start",
                    method.with("target.from", momentum).recipe(catalogue)));
        }
        variants.add(new Variant("stop-gradient", "the online encoder itself, without gradient",
                method.with("target", "stop-gradient").recipe(catalogue)));
        variants.add(new Variant("shared", "the online encoder itself, with gradient",
                method.with("target", "shared").recipe(catalogue)));
        variants.add(new Variant("shared-l2", "the same, by plain distance",
                method.with("target", "shared").with("losses", List.of("l2")).recipe(catalogue)));
        variants.add(new Variant("frozen-random", "a random projection of the pixels",
                method.with("target", "frozen-random").recipe(catalogue)));
        variants.add(new Variant("whole-image", "the target's encoder sees the whole image",
                method.with("target", Map.of("view", "all")).recipe(catalogue)));
        return new Suite("target-optimisation", "Does it matter how the target's encoder is optimised?",
                Optional.of("targets that learn by gradient collapse; a slow momentum encoder is best"),
                Form.SMOKE, List.of(1L, 2L, 3L), "momentum", variants);
    }

    /** Trains what is not finished, one run after the other in this process, and compares all. */
    static Comparison compare(Suite suite, Path folder) {
        Ablation ablation = new Ablation(suite, folder, Catalogue.find());
        Worker here = ablation.inThisProcess(
                compute -> Map.of("device", compute.toString()), new RunListener() {}, Throwable::toString);
        AblationListener listener = new AblationListener() {
            @Override
            public void ended(RunPlace run, RunResult result, Comparison comparison) {
                System.out.println(run.words() + ": " + result.state());
            }
        };
        return ablation.run(ablation.runs(), 1, here, listener, () -> false);
    }
}
