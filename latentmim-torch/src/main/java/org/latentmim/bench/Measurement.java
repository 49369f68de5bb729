package org.latentmim.bench;

import java.util.Arrays;

/**
 * Something measured.
 *
 * @param name unique in a benchmark
 * @param unit of the three numbers
 * @param value the median
 * @param low the least of all samples
 * @param high the most of all samples
 * @param samples how often it was measured, at least 1
 */
public record Measurement(String name, Unit unit, double value, double low, double high, int samples) {

    /** What is counted, and whether more of it is better. */
    public enum Unit {
        IMAGES_PER_SECOND("images/s", 1),
        QUERIES_PER_SECOND("queries/s", 1),
        GIGAFLOPS("GFLOP/s", 1),
        MEBIBYTES_PER_SECOND("MiB/s", 1),
        PERCENT_OF_PEAK("% of peak", 1),
        MILLISECONDS("ms", -1),
        MEBIBYTES("MiB", -1),
        GIGAFLOP("GFLOP", 0),
        EXPONENT("exponent", 0),
        PERCENT("%", 0);

        private final String text;
        private final int direction;

        Unit(String text, int direction) {
            this.text = text;
            this.direction = direction;
        }

        /** Returns 1 if more is better, -1 if less is better, 0 if it is neither. */
        int direction() {
            return direction;
        }

        @Override
        public String toString() {
            return text;
        }

        /**
         * Returns the unit that is written so.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Unit of(String text) {
            return Arrays.stream(values())
                    .filter(unit -> unit.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no unit '" + text + "'"));
        }
    }

    /** Makes a measurement of samples, at least one. */
    public static Measurement of(String name, Unit unit, double... samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measurement(name, unit, median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
