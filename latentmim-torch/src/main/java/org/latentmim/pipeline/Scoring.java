package org.latentmim.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.representation.EncoderRepresentation;
import org.latentmim.representation.ImageViews;
import org.latentmim.representation.KeptFeatures;
import org.latentmim.representation.PixelRepresentation;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Representation;
import org.latentmim.train.Evaluation;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.LatentMim;
import org.latentmim.train.RunListener;

/**
 * The scores of a recipe's evaluators: of the pixels, of the encoder as it is before training, and of one from a checkpoint. Needs
 * no images to learn from. Not thread-safe.
 */
public final class Scoring {

    private final Assembly assembly;
    private final LatentMim model;
    private final Evaluation evaluation;

    Scoring(Assembly assembly, Evaluation evaluation) {
        this.assembly = assembly;
        this.model = assembly.get(LatentMim.class);
        this.evaluation = evaluation;
    }

    /**
     * Prepares to judge by the evaluators of a recipe.
     *
     * @throws UsageException if the recipe asks for what cannot be
     */
    public static Scoring of(Recipe recipe) {
        Assembly assembly = Assembly.of(recipe);
        return new Scoring(assembly, assembly.get(Evaluation.class));
    }

    /** Returns the same without images to learn from: evaluators that need them cannot judge. */
    public Scoring withoutTrain() {
        return new Scoring(assembly, evaluation.withoutTrain());
    }

    /** Returns the same with evaluators left out, each with a sentence, that cannot judge these images. */
    public Scoring ofWhatCanBe(Consumer<String> notices) {
        return new Scoring(assembly, evaluation.leavingOut(notices));
    }

    /** Returns the same with the features of images read from a folder, or kept there. */
    public Scoring keepingFeatures(Path folder) {
        return new Scoring(assembly, evaluation.keepingFeatures(new KeptFeatures(folder)));
    }

    /** Returns whether there is nothing to judge by. */
    public boolean isEmpty() {
        return evaluation.isEmpty();
    }

    /**
     * Judges the pixels and the encoder as it is now, under the name {@code untrained}.
     *
     * @param listener told of the scores as they come
     */
    public List<JudgedScore> baselines(RunListener listener) {
        List<JudgedScore> scores = new ArrayList<>();
        if (!isEmpty()) {
            Representation pixels = new PixelRepresentation(assembly.get(ImageViews.class));
            for (Representation baseline : List.of(pixels, encoder("untrained"))) {
                scores.addAll(judge(baseline, 0, listener));
            }
        }
        return scores;
    }

    /**
     * Judges the weights of a checkpoint, which the encoder has from now on.
     *
     * @param listener told of the scores as they come
     */
    public List<JudgedScore> trained(Checkpoint checkpoint, RunListener listener) {
        assembly.trained(checkpoint);
        return judge(encoder("trained"), checkpoint.state().epoch(), listener);
    }

    /**
     * Judges what stands before a checkpoint and the checkpoint.
     *
     * @param listener told of the scores as they come
     */
    public List<JudgedScore> all(Checkpoint checkpoint, RunListener listener) {
        List<JudgedScore> scores = new ArrayList<>(baselines(listener));
        scores.addAll(trained(checkpoint, listener));
        return scores;
    }

    /** Judges the encoder as it is now, after so many epochs. */
    List<JudgedScore> trained(double epoch) {
        return evaluation.of(encoder("trained"), epoch);
    }

    /** Returns what evaluations read of the online encoder as it is now. */
    public Representation encoder(String name) {
        Recipe recipe = assembly.recipe();
        return new EncoderRepresentation(name, model.online(), assembly.get(Compute.class), assembly.get(ImageViews.class),
                recipe.evaluation().pooling(), recipe.evaluation().layer()).copiedBy(assembly::copyOfOnlineEncoder);
    }

    private List<JudgedScore> judge(Representation representation, double epoch, RunListener listener) {
        return evaluation.of(representation, epoch, listener::evaluated);
    }
}
