package org.latentmim.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.Checkpoints;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.checkpoint.RunLock;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.Loader;
import org.latentmim.health.Health;
import org.latentmim.health.HealthRecord;
import org.latentmim.patch.PatchGrid;
import org.latentmim.preview.MaskPreview;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.GivenUpException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Representation;
import org.latentmim.train.Evaluation;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.LatentMim;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunEstimate;
import org.latentmim.train.RunListener;
import org.latentmim.train.RunPlan;
import org.latentmim.train.SkippedSteps;
import org.latentmim.train.TrainConfig;
import org.latentmim.train.TrainLoop;
import org.latentmim.train.TrainStep;
import org.latentmim.train.TrainingState;

/**
 * A recipe at work: everything is built, and nothing is written before {@link #run}. Making one finds every mistake that can be
 * found without a training. Not thread-safe.
 */
public final class Pretraining implements AutoCloseable {

    private static final String HEALTH = "health.json";

    private final Recipe recipe;
    private final Assembly assembly;
    private final LatentMim model;
    private final Loader loader;
    private final RunEstimate estimate;
    private final RunPlan plan;
    private final Scoring scoring;

    private Pretraining(Assembly assembly) {
        this.recipe = assembly.recipe();
        this.assembly = assembly;
        this.model = assembly.get(LatentMim.class);
        this.loader = assembly.get(Loader.class);
        this.plan = RunPlan.of(recipe.train(), loader.batchesPerEpoch());
        this.estimate = estimate(model);
        Evaluation evaluation = assembly.get(Evaluation.class);
        evaluation.check();
        this.scoring = new Scoring(assembly, evaluation);
        assembly.get(EvaluationView.class);
    }

    /**
     * Builds what a recipe describes, to look at it, to judge a checkpoint or to time it.
     *
     * @throws UsageException if the recipe asks for what cannot be
     */
    public static Pretraining of(Recipe recipe) {
        return new Pretraining(Assembly.of(recipe));
    }

    /**
     * Builds what a recipe describes, to look at what its encoders do.
     *
     * @param observed puts an observer around each encoder, the online one and the targets'
     * @throws UsageException if the recipe asks for what cannot be
     */
    public static Pretraining of(Recipe recipe, UnaryOperator<Encoder> observed) {
        return new Pretraining(Assembly.of(recipe, observed));
    }

    /**
     * Builds what a recipe describes, to run it.
     *
     * @param folder of the run, which {@link #run} makes if it is missing, else is empty
     * @throws UsageException if the recipe asks for what cannot be
     */
    public static Pretraining of(Recipe recipe, Path folder) {
        return new Pretraining(Assembly.of(recipe, folder));
    }

    /**
     * Masks images as the first steps of a run would, without building more of it than the masks need.
     *
     * @param images how many to show, at least 1
     * @param draws how many masks to find the statistics of, at least {@code images}
     * @throws UsageException if the recipe asks for what cannot be, or the numbers are out of range
     */
    public static MaskPreview preview(Recipe recipe, int images, int draws) {
        Assembly assembly = Assembly.of(recipe);
        try (Loader loader = assembly.get(Loader.class)) {
            RunPlan plan = RunPlan.of(recipe.train(), loader.batchesPerEpoch());
            if (images < 1 || images > plan.imagesPerStep()) {
                throw new UsageException("--images must be between 1 and " + plan.imagesPerStep()
                        + ", the images of a step, but is " + images + ".");
            }
            if (draws < images) {
                throw new UsageException("--draws must be at least " + images + ", the images to show, but is " + draws + ".");
            }
            return masking(assembly, reader ->
                    MaskPreview.of(reader, loader, assembly.trainImages(), assembly.grid(), plan, images, draws));
        }
    }

    /** Returns the recipe. */
    public Recipe recipe() {
        return recipe;
    }

    /** Returns the parts of the recipe. */
    public Assembly assembly() {
        return assembly;
    }

    /** Returns the networks, as they are now. */
    public LatentMim model() {
        return model;
    }

    /** Returns the tensors that a checkpoint keeps of the networks. */
    public NamedTensors tensors() {
        return Saver.tensors(model);
    }

    /** Returns how much the run does. */
    public RunPlan plan() {
        return plan;
    }

    /** Returns what the run takes. */
    public RunEstimate estimate() {
        return estimate;
    }

    /** Returns the most bytes that the folder of the run takes, about. */
    public long diskBytes() {
        return diskNeeded(0);
    }

    /** Returns where it computes, in words. */
    public Compute compute() {
        return assembly.get(Compute.class);
    }

    /**
     * Trains, evaluates and saves.
     *
     * @param environment what to write to {@code environment.json}
     * @param stop asked after every step; the run saves and ends early once it is true
     * @throws FailureException if something fails on the way
     */
    public Outcome run(Map<String, ?> environment, RunListener listener, BooleanSupplier stop) {
        RunDirectory.check(assembly.runFolder(), diskNeeded(0));
        List<JudgedScore> scores = scoring.baselines(listener); // finds what cannot be judged before anything is written
        RunDirectory directory = RunDirectory.create(assembly.runFolder(), diskNeeded(0));
        try (RunLock lock = RunLock.take(directory.folder())) {
            RunDirectory.check(directory.folder(), 0); // another process may have been quicker, and be done
            directory.write("recipe.yaml", recipe.toYaml());
            return train(directory, Optional.empty(), scores, environment, listener, stop);
        }
    }

    /**
     * Goes on with a run from its newest checkpoint that is whole, as if it had never stopped; from the start if it has none.
     *
     * @param before the recipe of the run as it was
     * @param environment what to write to {@code environment.json}
     * @param stop asked after every step; the run saves and ends early once it is true
     * @throws UsageException if the recipe would make another run of it, or another process trains it
     * @throws FailureException if there are checkpoints but none is whole, or something fails on the way
     */
    public Outcome goOn(Recipe before, Map<String, ?> environment, RunListener listener, BooleanSupplier stop) {
        RunDirectory directory = RunDirectory.open(assembly.runFolder());
        RecipeChange.check(before, recipe, directory.folder());
        try (RunLock lock = RunLock.take(directory.folder())) {
            Checkpoints checkpoints = checkpoints(directory);
            Optional<Checkpoint> checkpoint = checkpoints.recover(listener::noted);
            directory.checkRoom(diskNeeded(checkpoints.count()));
            long done = checkpoint.map(found -> found.state().step()).orElse(0L);
            if (done > plan.steps()) {
                throw new UsageException("The run in " + directory.folder() + " has done " + done
                        + " steps, which is more than the " + plan.steps() + " of this recipe. Raise train.epochs.");
            }
            listener.noted("Going on after step " + done + " of " + plan.steps() + ".");
            List<JudgedScore> scores = checkpoint.isPresent() ? List.of() : scoring.baselines(listener);
            directory.write("recipe.yaml", recipe.toYaml());
            return train(directory, checkpoint, scores, environment, listener, stop);
        }
    }

    private Outcome train(RunDirectory directory, Optional<Checkpoint> from, List<JudgedScore> baselines,
            Map<String, ?> environment, RunListener listener, BooleanSupplier stop) {
        directory.writeJson("environment.json", environment);
        List<MetricSink> sinks = assembly.sinks();
        Optimization optimization = new Optimization(recipe.train(), model.parts());
        TrainStep step = new TrainStep(
                model, assembly.get(PatchReader.class), optimization, assembly.get(Randomness.class), compute());
        Health health = new Health(recipe.health(), model, assembly.get(PatchReader.class), loader, recipe.train(), plan,
                compute(), listener::noted, record -> directory.writeJson(HEALTH, record));
        directory.readJson(HEALTH, HealthRecord.class).ifPresent(health::restore);
        TrainLoop loop = new TrainLoop(step, optimization, loader, recipe.train(), recipe.run(),
                scoring::trained, sinks, new SkippedSteps(directory.folder()), health);
        try (Saver saver = new Saver(model, loop, recipe.run(), checkpoints(directory), listener)) {
            from.ifPresentOrElse(saver::restore, () -> loop.restore(TrainingState.start(baselines)));
            loop.run(listener, saver, () -> stop.getAsBoolean() || health.wantsToStop());
            Path checkpoint = saver.finish();
            ScoreFile.add(directory, loop.scores());
            if (health.wantsToStop() && !loop.finished()) {
                throw new GivenUpException("Stopped after step " + loop.done() + " of " + plan.steps()
                        + ", as health.stop-on says: " + health.last().orElseThrow().words() + " The weights so far are in "
                        + checkpoint + ".");
            }
            return new Outcome(
                    loop.done(), loop.finished(), checkpoint, loop.scores(), health.last(), loader.unreadable());
        } finally {
            close();
            sinks.forEach(Pretraining::close);
        }
    }

    /** Stops the threads that load images. */
    @Override
    public void close() {
        loader.close();
    }

    /** Returns what evaluations read of the online encoder as it is now. */
    public Representation encoder(String name) {
        return scoring.encoder(name);
    }

    private Checkpoints checkpoints(RunDirectory directory) {
        return new Checkpoints(directory.checkpoints(), recipe.run().keeping(), Saver::isGood);
    }

    /** A checkpoint is written before the one that it replaces is dropped. */
    private long diskNeeded(int there) {
        int most = recipe.run().keeping().most(plan.epochs()) + 1;
        return Math.max(1, most - there) * estimate.checkpointBytes() + (1 << 20);
    }

    /** Masks one blank image, as a training would. */
    private RunEstimate estimate(LatentMim model) {
        PatchGrid grid = assembly.grid();
        Batch blank = new Batch(new byte[grid.height() * grid.width() * grid.channels()], new int[] {0}, 0, 0);
        try (PointerScope scope = new PointerScope()) {
            return masking(
                    assembly, reader -> RunEstimate.of(model, reader.masked(blank, plan.progress(0)), recipe.train()));
        }
    }

    /** Runs what draws masks; where they ask for what there is not, the recipe is wrong. */
    private static <T> T masking(Assembly assembly, Function<PatchReader, T> work) {
        PatchReader reader = assembly.get(PatchReader.class);
        try {
            return work.apply(reader);
        } catch (UsageException e) {
            throw new UsageException(assembly.recipe().masking().place() + "  " + e.getMessage(), e);
        }
    }

    private static void close(MetricSink sink) {
        try {
            sink.close();
        } catch (IOException e) {
            throw new FailureException("The metrics cannot be completed: " + e.getMessage(), e);
        }
    }
}
