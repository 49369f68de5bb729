package org.latentmim.train;

import org.latentmim.spi.Score;

/**
 * A score with what was judged, when, and by what.
 *
 * @param representation such as {@code trained}, {@code untrained} or {@code pixels}
 * @param epoch passes over the images done by then
 * @param evaluator what the recipe calls the evaluator
 * @param score the number and its protocol
 * @param on what the images are called, where others than the recipe's were judged; else empty
 * @param seconds what the evaluator took for all its scores
 * @param version of this framework
 */
public record JudgedScore(
        String representation, double epoch, String evaluator, Score score, String on, double seconds, String version) {

    /** Missing parts, as of records written by earlier versions, are empty. */
    public JudgedScore {
        on = on == null ? "" : on;
        version = version == null ? "" : version;
    }

    /** Returns the same as a score of images of that name. */
    public JudgedScore on(String images) {
        return new JudgedScore(representation, epoch, evaluator, score, images, seconds, version);
    }

    /** Returns whether another score is of the same moment, images and measure. */
    public boolean isSameMeasure(JudgedScore other) {
        return representation.equals(other.representation) && epoch == other.epoch && evaluator.equals(other.evaluator)
                && score.name().equals(other.score.name()) && on.equals(other.on);
    }
}
