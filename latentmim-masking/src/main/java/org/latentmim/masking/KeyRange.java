package org.latentmim.masking;

/** The ranges of keys, and how their messages read. */
final class KeyRange {

    private KeyRange() {}

    static void atLeast(int minimum, int value, String key) {
        if (value < minimum) {
            throw new IllegalArgumentException(key + " must be at least " + minimum + ", but is " + value);
        }
    }

    static void between0And1(double value, String key) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(key + " must be between 0 and 1, but is " + value);
        }
    }

    /** A number above 0 and up to 1. */
    static void share(double value, String key) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be above 0 and at most 1, but is " + value);
        }
    }

    static void positive(double value, String key) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(key + " must be a number above 0, but is " + value);
        }
    }

    static void strength(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("strength must be a number of at least 0, but is " + value);
        }
    }
}
