package org.latentmim.ablation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.latentmim.spi.Interval;

/**
 * How far two kinds of runs lie apart, by the difference of each pair that shares its seed.
 *
 * @param pairs how many there are
 * @param mean of their differences
 * @param interval around it, by Student's t; nothing with fewer than two pairs
 */
public record Difference(int pairs, double mean, Optional<Interval> interval) {

    private static final double ERROR = 0.05;

    /** What is shown of a difference. */
    public enum Finding {
        /** The interval lies above 0. */
        ABOVE("above"),
        /** The interval lies below 0. */
        BELOW("below"),
        /** The interval holds 0: chance alone may have made the difference. */
        NOT_SEPARATE("not separate"),
        /** There are too few seeds to tell. */
        UNKNOWN("too few seeds");

        private final String words;

        Finding(String words) {
            this.words = words;
        }

        /** Returns the finding as one says it. */
        public String words() {
            return words;
        }
    }

    /**
     * Compares scores that belong to each other by seed.
     *
     * @param ones by seed
     * @param others by seed; those without a partner are left out
     * @param chance what a score owes to chance, found from all rows of its table. Where the pairs themselves scatter more, that counts
     *     instead, for there are kinds of runs that chance moves more than others
     * @param comparisons how many differences are shown together, at least 1: the chance that any of their intervals misses the
     *     truth is at most 5%, by Bonferroni's correction
     */
    static Difference between(Map<Long, Double> ones, Map<Long, Double> others, Chance chance, int comparisons) {
        Sample differences = Sample.of(ones.entrySet().stream()
                .filter(one -> others.containsKey(one.getKey()))
                .mapToDouble(one -> one.getValue() - others.get(one.getKey()))
                .toArray());
        return new Difference(differences.count(), differences.mean(), interval(differences, chance, comparisons));
    }

    private static Optional<Interval> interval(Sample differences, Chance chance, int comparisons) {
        if (differences.count() < 2 || chance.freedom() < 1 || !Double.isFinite(differences.deviation())) {
            return Optional.empty();
        }
        double t = TDistribution.of(chance.freedom()).inverseSurvivalProbability(ERROR / 2 / comparisons);
        double deviation = Math.max(Math.sqrt(2) * chance.deviation(), differences.deviation());
        double half = t * deviation / Math.sqrt(differences.count());
        return Optional.of(new Interval(differences.mean() - half, differences.mean() + half,
                "95% together with all " + comparisons + " of its kind, Student's t of pairs with " + chance.freedom()
                        + " degrees of freedom, Bonferroni"));
    }

    /** Returns the mean with its sign, such as {@code +1.25}. */
    public String signed() {
        return signed(mean);
    }

    /** Returns the interval, such as {@code -0.50 to +3.00}; empty if there is none. */
    public String range() {
        return interval.map(found -> signed(found.low()) + " to " + signed(found.high())).orElse("");
    }

    private static String signed(double number) {
        return String.format(Locale.ROOT, "%+.2f", Math.round(100 * number) == 0 ? 0.0 : number);
    }

    /** Returns what it shows. */
    public Finding finding() {
        if (interval.isEmpty()) {
            return Finding.UNKNOWN;
        }
        return interval.get().low() > 0 ? Finding.ABOVE : interval.get().high() < 0 ? Finding.BELOW : Finding.NOT_SEPARATE;
    }
}
