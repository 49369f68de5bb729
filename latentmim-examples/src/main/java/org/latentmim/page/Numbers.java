package org.latentmim.page;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Numbers {

    private Numbers() {}

    static String percent(double share) {
        return share > 0 && share < 0.0005 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    /** Returns a number with two decimals, or none if it is whole. */
    static String decimal(double value) {
        return value == Math.rint(value) ? count((long) value) : String.format(Locale.ROOT, "%,.2f", value);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(long nanos) {
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
