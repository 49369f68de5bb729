package org.latentmim.losses;

/** The ranges of configuration values; a value outside is refused by a message that begins with its key. */
final class Range {

    private Range() {}

    static void positive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(key + " must be more than 0, but is " + value);
        }
    }

    static void notNegative(String key, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(key + " must be at least 0, but is " + value);
        }
    }

    static void similarity(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be between 0 and 1, but is " + value);
        }
    }

    static void atLeast(int smallest, String key, int value) {
        if (value < smallest) {
            throw new IllegalArgumentException(key + " must be at least " + smallest + ", but is " + value);
        }
    }
}
