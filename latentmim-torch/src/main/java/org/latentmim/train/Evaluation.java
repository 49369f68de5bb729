package org.latentmim.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.representation.RememberedFeatures;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.runtime.Version;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/** Puts representations before all evaluators of a run. Does nothing where there is nothing to judge by. */
public final class Evaluation {

    private final List<NamedEvaluator> evaluators;
    private final Optional<ImageSet> train;
    private final Optional<ImageSet> test;

    /**
     * @param train the images that were learned from; a gallery where they have labels
     * @param test labelled images, held out
     * @throws UsageException if an evaluator needs labelled images held out and there are none
     */
    public Evaluation(List<NamedEvaluator> evaluators, ImageSet train, Optional<ImageSet> test) {
        for (NamedEvaluator named : evaluators) {
            if (test.isEmpty() && named.evaluator().needsTest()) {
                throw new UsageException("evaluation names '" + named.name()
                        + "', but there are no images to judge by: give images.test, or leave it out of evaluation.with");
            }
        }
        this.evaluators = evaluators;
        this.train = Optional.of(train).filter(images -> !images.classes().isEmpty());
        this.test = test;
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
        List<JudgedScore> judged = new ArrayList<>();
        try (RememberedFeatures remembered = new RememberedFeatures(representation)) {
            for (NamedEvaluator named : evaluators) {
                judged.addAll(of(remembered, epoch, named));
            }
        }
        return judged;
    }

    private List<JudgedScore> of(Representation representation, double epoch, NamedEvaluator named) {
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
            throw new UsageException("evaluation by '" + named.name() + "' is not possible: " + e.getMessage(), e);
        }
    }
}
