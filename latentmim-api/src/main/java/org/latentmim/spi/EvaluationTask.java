package org.latentmim.spi;

import java.util.Optional;

/**
 * What an {@link Evaluator} works on.
 *
 * @param representation what is judged
 * @param train labelled images to learn from, where there are any
 * @param held images held out, where there are any; {@link #test} for those who need them
 */
public record EvaluationTask(Representation representation, Optional<ImageSet> train, Optional<ImageSet> held) {

    /** A task with images held out. */
    public EvaluationTask(Representation representation, Optional<ImageSet> train, ImageSet test) {
        this(representation, train, Optional.of(test));
    }

    /**
     * Returns the images to judge by.
     *
     * @throws IllegalArgumentException if there are none; the message says what to do
     */
    public ImageSet test() {
        return held.orElseThrow(() -> new IllegalArgumentException("there are no images to judge by: give images.test"));
    }
}
