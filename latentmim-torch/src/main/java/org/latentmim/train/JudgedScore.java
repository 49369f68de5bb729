package org.latentmim.train;

import org.latentmim.spi.Score;

/**
 * A score with what was judged, and when.
 *
 * @param representation such as {@code trained}, {@code untrained} or {@code pixels}
 * @param epoch passes over the images done by then
 * @param evaluator what the recipe calls the evaluator
 * @param score the number and its protocol
 */
public record JudgedScore(String representation, double epoch, String evaluator, Score score) {}
