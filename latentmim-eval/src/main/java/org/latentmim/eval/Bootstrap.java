package org.latentmim.eval;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.Interval;

/**
 * How far chance may have moved a score: it is computed again from images drawn from the judged ones, as many, with replacement.
 * The interval holds the middle 95% of 1,000 such scores. Immutable and thread-safe.
 *
 * @param seed the same seed gives the same draws
 * @param what is drawn, in words: {@code images}
 */
public record Bootstrap(long seed, String what) {

    private static final int DRAWS = 1000;

    /** Draws images. */
    public Bootstrap(long seed) {
        this(seed, "images");
    }

    /**
     * Returns where the mean of one number for each image would lie.
     *
     * @param outcomes of at least 1 image, in the score's unit
     */
    public Interval ofMean(double... outcomes) {
        return of(outcomes.length, images -> images.mapToDouble(image -> outcomes[image]).sum() / outcomes.length);
    }

    /**
     * Returns where any number that is made of the images would lie.
     *
     * @param images how many were judged, at least 1
     * @param score of the images drawn, from 0 to {@code images - 1}; called from several threads
     */
    public Interval of(int images, ToDoubleFunction<IntStream> score) {
        double[] scores = IntStream.range(0, DRAWS).parallel()
                .mapToDouble(draw -> {
                    RandomGenerator random = new Randomness(seed).generator(Purpose.SAMPLE, draw, 0);
                    return score.applyAsDouble(random.ints(images, 0, images));
                })
                .sorted()
                .toArray();
        int outside = DRAWS / 40;
        return new Interval(scores[outside], scores[DRAWS - 1 - outside],
                "95%, 1,000 bootstrap draws of the " + what + ", seed " + seed);
    }
}
