package org.latentmim.page;

import java.time.Duration;
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

    /** Returns a number with so many decimals. */
    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Returns a number with about four digits that count. */
    static String digits(double value) {
        double size = Math.abs(value);
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : "no number";
        }
        if (size < 0.001) {
            return scientific(String.format(Locale.ROOT, "%.2e", value));
        }
        int decimals = size < 0.1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Returns {@code 5e-4} of {@code 5.0e-04}. */
    static String scientific(String formatted) {
        return formatted.replaceFirst("\\.0+e", "e").replaceFirst("e([-+])0", "e$1").replace("e+", "e");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(long nanos) {
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    static String time(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return fixed(duration.toMillis() / 1e3, 1) + " s";
    }
}
