package org.latentmim.ablation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeDraft;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Equal;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.TrainConfig;

/** The recipe of every run of a suite. Where operations are to be equal, those of an image are counted, once for each variant. */
final class RunRecipes {

    private final Suite suite;
    private final Catalogue catalogue;
    private final Map<String, Recipe> equal = new HashMap<>();

    RunRecipes(Suite suite, Catalogue catalogue) {
        this.suite = suite;
        this.catalogue = catalogue;
    }

    /**
     * Returns the recipe of a run.
     *
     * @throws UsageException if operations are to be equal and a recipe asks for what cannot be
     */
    Recipe of(String variant, long seed) {
        return RecipeDraft.of(of(suite.variant(variant)))
                .with("name", suite.name() + "-" + variant)
                .with("run.seed", seed)
                .recipe(catalogue);
    }

    private synchronized Recipe of(Variant variant) {
        return variant.equal() == Equal.IMAGES || variant.name().equals(suite.base())
                ? variant.recipe()
                : equal.computeIfAbsent(variant.name(), name -> withOperationsOfBase(variant));
    }

    private Recipe withOperationsOfBase(Variant variant) {
        Recipe base = suite.variant(suite.base()).recipe();
        double ratio = operations(base) / operations(variant.recipe());
        TrainConfig train = variant.recipe().train();
        int epochs = Math.max(1, (int) Math.round(base.train().epochs() * ratio));
        double stretch = (double) epochs / train.epochs();
        List<Double> milestones = train.milestones().stream().map(milestone -> milestone * stretch).toList();
        return RecipeDraft.of(variant.recipe())
                .with("train.epochs", epochs)
                .with("train.warmup-epochs", train.warmupEpochs() * stretch)
                .with("train.milestones", milestones)
                .recipe(catalogue);
    }

    private double operations(Recipe recipe) {
        return Operations.ofImage(recipe, catalogue).orElseThrow(() ->
                new UsageException("The operations of a step cannot be counted, so that none can be made equal."));
    }
}
