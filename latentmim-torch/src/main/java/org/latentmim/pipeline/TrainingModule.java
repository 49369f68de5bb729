package org.latentmim.pipeline;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Provides;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.Loader;
import org.latentmim.data.Normalization;
import org.latentmim.data.TrainingView;
import org.latentmim.patch.PatchGrid;
import org.latentmim.representation.ImageViews;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.train.Evaluation;
import org.latentmim.train.LatentMim;
import org.latentmim.train.NamedEvaluator;
import org.latentmim.train.Objective;
import org.latentmim.train.PatchReader;
import org.latentmim.train.TrainConfig;

/** What a training is made of, from the components. */
final class TrainingModule extends AbstractModule {

    private final Recipe recipe;

    TrainingModule(Recipe recipe) {
        this.recipe = recipe;
    }

    @Provides
    @Singleton
    Compute compute(RuntimeConfig config) {
        return Compute.of(config);
    }

    @Provides
    @Singleton
    LatentMim model(@OnlineEncoder Encoder online, List<Objective> objectives, Compute compute) {
        return new LatentMim(online, objectives).placedOn(compute);
    }

    @Provides
    @Singleton
    PatchReader patchReader(PatchGrid grid, MaskSampler masking, Normalization normalization, Randomness randomness, Compute compute,
            Provider<LatentMim> model) {
        return new PatchReader(grid, masking, normalization, randomness, compute, () -> model.get().targetEncoder());
    }

    @Provides
    @Singleton
    Loader loader(@TrainImages ImageSet images, PatchGrid grid, AugmentationConfig augmentation, Randomness randomness,
            TrainConfig train, RuntimeConfig runtime) {
        return new Loader(images, new TrainingView(grid, augmentation), randomness, train.batch(), runtime.workersOrDefault(),
                recipe.run().tolerateUnreadable());
    }

    @Provides
    @Singleton
    EvaluationView evaluationView(PatchGrid grid) {
        PatchGrid whole = grid.withoutGap();
        return new EvaluationView(grid, recipe.evaluation().resize().orElse(Math.min(whole.height(), whole.width())));
    }

    @Provides
    @Singleton
    ImageViews imageViews(PatchReader reader, EvaluationView view, AugmentationConfig augmentation, RuntimeConfig runtime) {
        return new ImageViews(reader, view, augmentation, runtime.workersOrDefault());
    }

    @Provides
    @Singleton
    Evaluation evaluation(List<NamedEvaluator> evaluators, @TrainImages ImageSet train, Injector injector) {
        Optional<ImageSet> test = evaluators.isEmpty()
                ? Optional.empty()
                : recipe.images().test().map(choice -> injector.getInstance(Key.get(ImageSet.class, TestImages.class)));
        return new Evaluation(evaluators, train, test);
    }
}
