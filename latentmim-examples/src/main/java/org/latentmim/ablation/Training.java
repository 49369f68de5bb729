package org.latentmim.ablation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.latentmim.bench.Memory;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Outcome;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;
import org.latentmim.runtime.Compute;
import org.latentmim.train.RunListener;

/** Trains runs in this process. What keeps one from being run is recorded, and the next may go better. */
final class Training implements Worker {

    private final RunRecipes recipes;
    private final Catalogue catalogue;
    private final Twins twins;
    private final Function<Compute, Map<String, ?>> environment;
    private final RunListener listener;
    private final Function<Throwable, String> words;

    Training(RunRecipes recipes, Catalogue catalogue, Function<Compute, Map<String, ?>> environment, RunListener listener,
            Function<Throwable, String> words) {
        this.recipes = recipes;
        this.catalogue = catalogue;
        this.twins = new Twins(catalogue);
        this.environment = environment;
        this.listener = listener;
        this.words = words;
    }

    @Override
    public void train(RunPlace run, BooleanSupplier stop) {
        run.write(RunNote.BEGUN); // what became of it before counts no more
        try {
            Recipe recipe = recipes.of(run.variant(), run.seed());
            Optional<RunPlace> twin = RunDirectory.isRun(run.folder()) ? Optional.empty() : twins.of(run, recipe);
            if (twin.isPresent()) {
                twins.copy(twin.get(), run, recipe);
                listener.noted("taken over from " + twin.get().folder() + ", which has the same recipe");
                return;
            }
            OptionalDouble image = Operations.ofImage(recipe, catalogue);
            Memory.release(); // of what earlier runs held
            Memory.resetPeak();
            if (train(recipe, run, stop).finished()) {
                OptionalDouble ofStep = image.stream().map(each -> each * recipe.train().globalBatch()).findFirst();
                run.write(new RunNote(true, "", ofStep, Memory.peak()));
            }
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            run.failed(words.apply(e));
        }
    }

    private Outcome train(Recipe recipe, RunPlace run, BooleanSupplier stop) {
        try (Pretraining pretraining = Pretraining.of(recipe, run.folder().toAbsolutePath())) {
            Map<String, ?> machine = environment.apply(pretraining.compute());
            return RunDirectory.isRun(run.folder())
                    ? pretraining.goOn(recipeOf(run, catalogue), machine, listener, stop)
                    : pretraining.run(machine, listener, stop);
        }
    }

    /** Returns the recipe of a run that was begun. */
    static Recipe recipeOf(RunPlace run, Catalogue catalogue) {
        return new RecipeReader(catalogue, BuiltInRecipes.NONE)
                .read(RunDirectory.open(run.folder()).recipe().toString(), List.of());
    }
}
