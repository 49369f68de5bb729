package org.latentmim.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.representation.KeptFeatures;
import org.latentmim.representation.RememberedFeatures;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.runtime.Version;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/** Puts representations before all evaluators of a run. Does nothing where there is nothing to judge by. Immutable. */
public final class Evaluation {

    private final List<NamedEvaluator> evaluators;
    private final Optional<ImageSet> train;
    private final Optional<ImageSet> test;
    private final Optional<Consumer<String>> leftOut;
    private final Optional<KeptFeatures> kept;

    /**
     * @param train the images that were learned from; a gallery where they have labels
     * @param test labelled images, held out
     */
    public Evaluation(List<NamedEvaluator> evaluators, ImageSet train, Optional<ImageSet> test) {
        this(evaluators, Optional.of(train).filter(images -> !images.classes().isEmpty()), test, Optional.empty(), Optional.empty());
    }

    private Evaluation(List<NamedEvaluator> evaluators, Optional<ImageSet> train, Optional<ImageSet> test,
            Optional<Consumer<String>> leftOut, Optional<KeptFeatures> kept) {
        this.evaluators = evaluators;
        this.train = train;
        this.test = test;
        this.leftOut = leftOut;
        this.kept = kept;
    }

    /**
     * Looks before any work whether there are images to judge by.
     *
     * @throws UsageException if an evaluator needs labelled images held out and there are none
     */
    public void check() {
        for (NamedEvaluator named : evaluators) {
            if (test.isEmpty() && named.evaluator().needsTest()) {
                throw new UsageException("evaluation names '" + named.name()
                        + "', but there are no images to judge by: give images.test, or leave it out of evaluation.with");
            }
        }
    }

    /** Returns the same without images to learn from. */
    public Evaluation withoutTrain() {
        return new Evaluation(evaluators, Optional.empty(), test, leftOut, kept);
    }

    /** Returns the same with evaluators left out, each with a sentence, that cannot judge these images. */
    public Evaluation leavingOut(Consumer<String> notices) {
        return new Evaluation(evaluators, train, test, Optional.of(notices), kept);
    }

    /** Returns the same with the features of images read from a folder, or kept there. */
    public Evaluation keepingFeatures(KeptFeatures folder) {
        return new Evaluation(evaluators, train, test, leftOut, Optional.of(folder));
    }

    /** Returns whether there is anything to measure. */
    public boolean isEmpty() {
        return evaluators.isEmpty();
    }

    /** Returns the labelled images that are held out; empty where nothing is measured. */
    public Optional<ImageSet> heldOut() {
        return isEmpty() ? Optional.empty() : test;
    }

    /** Measures a representation. */
    public List<JudgedScore> of(Representation representation, double epoch) {
        return of(representation, epoch, scores -> {});
    }

    /**
     * Measures a representation.
     *
     * @param told gets the scores of each evaluator as soon as they are there
     */
    public List<JudgedScore> of(Representation representation, double epoch, Consumer<List<JudgedScore>> told) {
        List<JudgedScore> judged = new ArrayList<>();
        try (RememberedFeatures remembered = new RememberedFeatures(representation, kept)) {
            for (NamedEvaluator named : evaluators) {
                List<JudgedScore> scores = judge(remembered, epoch, named);
                if (!scores.isEmpty()) {
                    told.accept(scores);
                }
                judged.addAll(scores);
            }
        }
        return judged;
    }

    private List<JudgedScore> judge(Representation representation, double epoch, NamedEvaluator named) {
        long began = System.nanoTime();
        try (PointerScope scope = new PointerScope()) {
            List<Score> scores = named.evaluator().evaluate(new EvaluationTask(representation, train, test));
            double seconds = (System.nanoTime() - began) / 1e9;
            return scores.stream()
                    .map(score -> new JudgedScore(
                            representation.name(), epoch, named.name(), score, "", seconds, Version.text()))
                    .toList();
        } catch (IOException e) {
            throw new FailureException("evaluation by '" + named.name() + "' failed: " + e.getMessage(), e);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            String sentence = "evaluation by '" + named.name() + "' is not possible: " + e.getMessage();
            leftOut.orElseThrow(() -> new UsageException(sentence, e)).accept(sentence);
            return List.of();
        }
    }
}
