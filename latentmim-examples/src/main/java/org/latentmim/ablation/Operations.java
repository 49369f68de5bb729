package org.latentmim.ablation;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.latentmim.bench.FlopCounter;
import org.latentmim.bench.StepBenchmark;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;

/** What an image takes of a training: operations of matrix products, and time. Found on a few images, whatever the batch. */
final class Operations {

    private static final int FEW_IMAGES = 8;
    private static final int SOME_IMAGES = 32;
    private static final int STEPS = 3;

    private Operations() {}

    /** Returns the operations for one image; nothing if they cannot be counted. */
    static OptionalDouble ofImage(Recipe recipe, Catalogue catalogue) {
        FlopCounter counter = new FlopCounter();
        try (Pretraining pretraining = Pretraining.of(inSmall(recipe, FEW_IMAGES, catalogue), counter::observe)) {
            return OptionalDouble.of(new StepBenchmark(pretraining).products(counter).all());
        } catch (IllegalStateException e) { // torch keeps no shape of what has no gradient
            return OptionalDouble.empty();
        }
    }

    /** Returns the seconds for one image, as the best of some steps takes them. */
    static double secondsOfImage(Recipe recipe, Catalogue catalogue) {
        Recipe small = inSmall(recipe, SOME_IMAGES, catalogue);
        try (Pretraining pretraining = Pretraining.of(small)) {
            double[] seconds = new StepBenchmark(pretraining).seconds(STEPS);
            return Arrays.stream(seconds).min().orElseThrow() / small.train().batch();
        }
    }

    private static Recipe inSmall(Recipe recipe, int images, Catalogue catalogue) {
        return RecipeDraft.of(recipe)
                .with("train.batch", Math.min(images, recipe.train().batch()))
                .with("train.accumulation", 1)
                .with("evaluation.with", List.of())
                .recipe(catalogue);
    }
}
