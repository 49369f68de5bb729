package org.latentmim.pipeline;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.RunFolder;
import org.latentmim.train.LatentMim;
import org.latentmim.train.NamedEvaluator;
import org.latentmim.train.Objective;

/**
 * The objects of a recipe. Each is built when it is first asked for, once. The same seed gives the same initial weights, in
 * whatever order they are asked for. Every method may throw {@link UsageException} if a component does not accept what the recipe
 * says, and {@link FailureException} if it cannot be built. Not thread-safe.
 */
public final class Assembly {

    private final Recipe recipe;
    private final Injector injector;

    private Assembly(Recipe recipe, Optional<Path> runFolder, UnaryOperator<Encoder> observed) {
        Natives.load();
        this.recipe = recipe;
        this.injector = injector(recipe, runFolder, observed);
    }

    /** Puts a recipe together that writes no run: components that ask for the run's folder cannot be built. */
    public static Assembly of(Recipe recipe) {
        return new Assembly(recipe, Optional.empty(), UnaryOperator.identity());
    }

    /**
     * Puts a recipe together that writes no run.
     *
     * @param observed puts an observer around each encoder, the online one and the targets'
     */
    public static Assembly of(Recipe recipe, UnaryOperator<Encoder> observed) {
        return new Assembly(recipe, Optional.empty(), observed);
    }

    /** Puts a recipe together that writes to a folder, which must exist before the sinks are asked for. */
    public static Assembly of(Recipe recipe, Path runFolder) {
        return new Assembly(recipe, Optional.of(runFolder), UnaryOperator.identity());
    }

    private static Injector injector(Recipe recipe, Optional<Path> runFolder, UnaryOperator<Encoder> observed) {
        try {
            return Guice.createInjector(
                    Stage.DEVELOPMENT,
                    binder -> {
                        binder.disableCircularProxies();
                        binder.requireExplicitBindings();
                        binder.requireExactBindingAnnotations();
                        binder.requireAtInjectOnConstructors();
                    },
                    new SharedModule(recipe, runFolder),
                    new ComponentsModule(recipe, observed),
                    new TrainingModule(recipe));
        } catch (CreationException e) {
            Message first = e.getErrorMessages().iterator().next();
            String asker = first.getSource().substring(first.getSource().indexOf('@') + 1);
            throw new UsageException(
                    "The component " + asker + " cannot be built: " + first.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /** Returns the recipe. */
    public Recipe recipe() {
        return recipe;
    }

    /**
     * Returns the folder of the run.
     *
     * @throws IllegalStateException if this recipe was put together without one
     */
    public Path runFolder() {
        return get(Key.get(Path.class, RunFolder.class));
    }

    /** Returns the images to learn from. */
    public ImageSet trainImages() {
        return get(Key.get(ImageSet.class, TrainImages.class));
    }

    /** Returns the labelled images that are held out, where the recipe has them. */
    public Optional<ImageSet> testImages() {
        return recipe.images().test().map(test -> get(Key.get(ImageSet.class, TestImages.class)));
    }

    /** Returns how the training images are cut. */
    public PatchGrid grid() {
        return get(PatchGrid.class);
    }

    /** Returns what decides which patches are seen. */
    public MaskSampler maskSampler() {
        return get(MaskSampler.class);
    }

    /** Returns the encoder that learns. */
    public Encoder onlineEncoder() {
        return get(Key.get(Encoder.class, OnlineEncoder.class));
    }

    /**
     * Returns another encoder with the weights that the online encoder has now, where the run computes. It is built once: each
     * call gives it these weights anew, without gradients.
     */
    public Encoder copyOfOnlineEncoder() {
        Encoder copy = get(ComponentsModule.COPY);
        InitialWeights.copy(onlineEncoder(), copy);
        copy.parameters().learning().values().forEach(weight -> weight.mutable_grad().reset());
        return copy;
    }

    /** Returns what is predicted, with decoder, target and losses; the recipe's own first. */
    public List<Objective> objectives() {
        return get(ComponentsModule.OBJECTIVES);
    }

    /**
     * Returns everything that was learned, with the weights of a checkpoint.
     *
     * @throws FailureException if the checkpoint cannot be read, or does not fit the recipe
     */
    public LatentMim trained(Checkpoint checkpoint) {
        LatentMim model = get(LatentMim.class);
        checkpoint.load(Checkpoint.MODEL, Saver.tensors(model));
        return model;
    }

    /** Returns what to measure, in the order of the recipe. */
    public List<NamedEvaluator> evaluators() {
        return get(ComponentsModule.EVALUATORS);
    }

    /** Returns where the numbers of the run go, in the order of the recipe. */
    public List<MetricSink> sinks() {
        return get(ComponentsModule.SINKS);
    }

    /** Returns the only object of a type, such as {@code TrainConfig} or {@code Randomness}. */
    public <T> T get(Class<T> type) {
        return get(Key.get(type));
    }

    private <T> T get(Key<T> key) {
        try {
            return injector.getInstance(key);
        } catch (ProvisionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
