package org.latentmim.pipeline;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Recomputation;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Recompute;
import org.latentmim.spi.RunFolder;
import org.latentmim.train.RunConfig;
import org.latentmim.train.TrainConfig;

/** What any component may ask for: the sections of the recipe, the grid, the run's folder. */
final class SharedModule extends AbstractModule {

    private final Recipe recipe;
    private final Optional<Path> runFolder;

    SharedModule(Recipe recipe, Optional<Path> runFolder) {
        this.recipe = recipe;
        this.runFolder = runFolder;
    }

    @Override
    protected void configure() {
        bind(Recipe.class).toInstance(recipe);
        bind(RuntimeConfig.class).toInstance(recipe.runtime());
        bind(Recomputation.class).toInstance(new Recomputation(recipe.runtime().recompute()));
        bind(Recompute.class).to(Recomputation.class);
        bind(RunConfig.class).toInstance(recipe.run());
        bind(TrainConfig.class).toInstance(recipe.train());
        bind(AugmentationConfig.class).toInstance(recipe.augmentation());
        bind(Normalization.class).toInstance(recipe.images().normalization());
        bind(Randomness.class).toInstance(new Randomness(recipe.run().seed()));
    }

    @Provides
    @Singleton
    PatchGrid grid(@TrainImages ImageSet images) {
        int wanted = recipe.images().mean().size();
        if (images.channels() != wanted) {
            throw new UsageException(recipe.images().train().place() + "  images: mean and deviation have one number for each of "
                    + channels(wanted) + ", but the images have " + channels(images.channels()));
        }
        try {
            return recipe.grid().grid(images.channels());
        } catch (IllegalArgumentException e) {
            throw new UsageException(recipe.images().train().place() + "  grid: " + e.getMessage(), e);
        }
    }

    private static String channels(int count) {
        return count == 1 ? "1 channel" : count + " channels";
    }

    @Provides
    @RunFolder
    Path runFolder() {
        return runFolder.orElseThrow(() -> new IllegalStateException("this assembly was made without the folder of a run"));
    }
}
