package org.latentmim.checkpoint;

/**
 * The metric by which one checkpoint is better than another.
 *
 * @param metric its name in {@code metrics.jsonl}
 * @param is which value is the best
 */
public record Best(String metric, Extreme is) {

    /** Which of two values is the better one. */
    public enum Extreme { HIGHEST, LOWEST }

    /** Returns whether a value is better than the best so far; any number is better than what is none. */
    public boolean better(double value, double soFar) {
        return !Double.isNaN(value) && (Double.isNaN(soFar) || (is == Extreme.HIGHEST ? value > soFar : value < soFar));
    }
}
