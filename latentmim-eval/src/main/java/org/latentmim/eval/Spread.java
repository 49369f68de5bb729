package org.latentmim.eval;

import java.util.Locale;
import java.util.stream.DoubleStream;
import org.latentmim.spi.Interval;
import org.latentmim.spi.Score;

/**
 * A score that was measured several times, with other images to learn from.
 *
 * @param mean of the measurements
 * @param deviation their standard deviation, with n - 1
 * @param measurements how many, at least 2
 */
record Spread(double mean, double deviation, int measurements) {

    static Spread of(DoubleStream measured) {
        double[] values = measured.toArray();
        double mean = DoubleStream.of(values).sum() / values.length;
        double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
        return new Spread(mean, Math.sqrt(squares / (values.length - 1)), values.length);
    }

    /**
     * Returns the mean as a score in %, one deviation to both sides as its interval.
     *
     * @param of what was measured several times: {@code seeds}
     */
    Score score(String name, String protocol, int images, String of) {
        return new Score(name, mean, "%", images, protocol)
                .within(new Interval(mean - deviation, mean + deviation,
                        "mean and standard deviation of " + measurements + " " + of))
                .with("deviation", String.format(Locale.ROOT, "%.3f", deviation));
    }
}
