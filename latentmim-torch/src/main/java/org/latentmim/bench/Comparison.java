package org.latentmim.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One measurement beside an earlier one.
 *
 * @param before the earlier one
 * @param now the later one
 */
public record Comparison(Measurement before, Measurement now) {

    /** What a change says. */
    public enum Verdict {
        /** Every sample is better than every earlier one. */
        BETTER,
        /** Every sample is worse than every earlier one. */
        WORSE,
        /** The samples overlap. */
        WITHIN_SPREAD,
        /** There is no spread to judge by, or neither more nor less is better. */
        NONE
    }

    /** Pairs what has the same name and unit in both. */
    public static List<Comparison> of(List<Measurement> before, List<Measurement> now) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Measurement later : now) {
            before.stream()
                    .filter(earlier -> earlier.name().equals(later.name()) && earlier.unit() == later.unit())
                    .findFirst()
                    .ifPresent(earlier -> comparisons.add(new Comparison(earlier, later)));
        }
        return comparisons;
    }

    /** Returns the later value divided by the earlier one. */
    public double ratio() {
        return now.value() / before.value();
    }

    /** Returns whether it became better or worse beyond the spread of the samples. */
    public Verdict verdict() {
        int direction = now.unit().direction();
        if (direction == 0 || before.samples() < 2 || now.samples() < 2) {
            return Verdict.NONE;
        }
        boolean more = now.low() > before.high();
        boolean less = now.high() < before.low();
        if (!more && !less) {
            return Verdict.WITHIN_SPREAD;
        }
        return more == direction > 0 ? Verdict.BETTER : Verdict.WORSE;
    }
}
