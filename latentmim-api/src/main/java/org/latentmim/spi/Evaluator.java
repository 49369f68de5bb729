package org.latentmim.spi;

import java.io.IOException;
import java.util.List;

/**
 * Measures what a representation knows of labelled images. A constructor may ask for its configuration. Evaluations never change
 * weights or generators that a training uses. Not thread-safe.
 */
@FunctionalInterface
public interface Evaluator {

    /**
     * @return the scores, in the order in which to show them
     * @throws IOException if an image cannot be read
     * @throws IllegalArgumentException if the images do not allow this evaluation, such as images without labels
     */
    List<Score> evaluate(EvaluationTask task) throws IOException;

    /**
     * Returns whether images held out are needed, which is the default. If not, as where an evaluator brings its own,
     * {@link EvaluationTask#held} may be empty.
     */
    default boolean needsTest() {
        return true;
    }
}
