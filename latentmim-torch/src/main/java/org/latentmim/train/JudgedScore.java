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
}
