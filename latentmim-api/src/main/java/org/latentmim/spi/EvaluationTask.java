package org.latentmim.spi;

import java.util.Optional;

/**
 * What an {@link Evaluator} works on.
 *
 * @param representation what is judged
 * @param train labelled images to learn from, where there are any
 * @param test labelled images, held out
 */
public record EvaluationTask(Representation representation, Optional<ImageSet> train, ImageSet test) {}
