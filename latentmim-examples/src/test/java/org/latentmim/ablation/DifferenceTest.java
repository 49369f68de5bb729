package org.latentmim.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentmim.ablation.Difference.Finding;
import org.latentmim.spi.Interval;

class DifferenceTest {

    private static Map<Long, Double> row(double... scores) {
        return LongStream.range(0, scores.length).boxed().collect(Collectors.toMap(seed -> seed, seed -> scores[seed.intValue()]));
    }

    /** Two rows that nothing else is known of. */
    private static Difference paired(double[] ones, double[] others, int comparisons) {
        return Difference.between(row(ones), row(others), Chance.of(List.of(row(ones), row(others))), comparisons);
    }

    @Test
    void meanAndDeviationAreThoseOfTheDefinition() {
        Sample sample = Sample.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(sample.count()).isEqualTo(8);
        assertThat(sample.mean()).isEqualTo(5);
        assertThat(sample.deviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
        assertThat(sample.words("%")).isEqualTo("5.00 ± 2.14 %");
        assertThat(Sample.of(3).words("")).isEqualTo("3.00");
        assertThat(Sample.of(3).deviation()).isNaN();
        assertThat(Sample.of().mean()).isNaN();
    }

    /** With one degree of freedom t is a Cauchy variable, whose quantile is a tangent. */
    @Test
    void twoPairsHaveTheIntervalOfACauchyVariable() {
        Difference difference = paired(new double[] {5, 9}, new double[] {4, 6}, 1);
        double half = Math.tan(Math.PI * 0.475) * Math.sqrt(2) / Math.sqrt(2); // differences 1 and 3
        assertThat(difference.pairs()).isEqualTo(2);
        assertThat(difference.mean()).isEqualTo(2);
        assertThat(difference.interval().orElseThrow().low()).isCloseTo(2 - half, within(1e-9));
        assertThat(difference.interval().orElseThrow().high()).isCloseTo(2 + half, within(1e-9));
    }

    /** With two degrees of freedom the quantile of p has the closed form (2 p - 1) sqrt(2 / (4 p (1 - p))). */
    @Test
    void threePairsHaveTheClosedFormAndMoreComparisonsAWiderInterval() {
        double[] ones = {1, 2, 6};
        double[] others = {0, 0, 0};
        double deviation = Math.sqrt(7);
        for (int comparisons : new int[] {1, 6, 20}) {
            double p = 1 - 0.025 / comparisons;
            double half = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p))) * deviation / Math.sqrt(3);
            Interval interval = paired(ones, others, comparisons).interval().orElseThrow();
            assertThat(interval.low()).isCloseTo(3 - half, within(1e-9));
            assertThat(interval.high()).isCloseTo(3 + half, within(1e-9));
        }
    }

    /** From a table: the 97.5% quantile of t is 2.262 with 9 degrees of freedom. */
    @Test
    void tenPairsHaveTheQuantileOfTheTable() {
        double[] ones = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        Interval interval = paired(ones, new double[10], 1).interval().orElseThrow();
        assertThat(interval.high() - 5.5).isCloseTo(2.262 * Math.sqrt(55 / 6.0) / Math.sqrt(10), within(1e-3));
        assertThat(interval.method()).isEqualTo("95% together with all 1 of its kind, Student's t of pairs with 9 degrees of"
                + " freedom, Bonferroni");
    }

    @Test
    void pairsTakeOutWhatSeedsShare() {
        double[] base = {10, 50, 90};
        assertThat(paired(new double[] {11, 51.1, 90.9}, base, 1).finding()).isEqualTo(Finding.ABOVE);
        assertThat(paired(base, new double[] {11, 51.1, 90.9}, 1).finding()).isEqualTo(Finding.BELOW);
        assertThat(paired(new double[] {11, 90.9, 51.1}, base, 1).finding()).isEqualTo(Finding.NOT_SEPARATE);
    }

    @Test
    void otherRowsNarrowAnInterval() {
        Map<Long, Double> one = row(3, 4, 6);
        Map<Long, Double> other = row(1, 2, 3);
        Interval alone = Difference.between(one, other, Chance.of(List.of(one, other)), 1).interval().orElseThrow();
        Interval amongTen = Difference.between(one, other, new Chance(Math.sqrt(1 / 6.0), 18), 1).interval().orElseThrow();
        assertThat(alone.high() - 7 / 3.0).isCloseTo(4.303 * Math.sqrt(1 / 3.0) / Math.sqrt(3), within(1e-3));
        assertThat(amongTen.high() - 7 / 3.0).isCloseTo(2.101 * Math.sqrt(1 / 3.0) / Math.sqrt(3), within(1e-3));
    }

    @Test
    void pairsThatScatterMoreThanAllRowsCountThemselves() {
        Interval interval = Difference.between(row(3, 4, 6), row(1, 2, 3), new Chance(0.01, 18), 1).interval().orElseThrow();
        assertThat(interval.high() - 7 / 3.0).isCloseTo(2.101 * Math.sqrt(1 / 3.0) / Math.sqrt(3), within(1e-3));
    }

    @Test
    void seedsWithoutAPartnerAreLeftOut() {
        Difference difference = Difference.between(Map.of(1L, 5.0, 2L, 7.0, 3L, 90.0), Map.of(1L, 4.0, 2L, 4.0, 5L, 70.0),
                new Chance(1, 4), 1);
        assertThat(difference.pairs()).isEqualTo(2);
        assertThat(difference.mean()).isEqualTo(2);
    }

    @Test
    void oneSeedTellsNothingAndEqualRunsAreNotSeparate() {
        Difference one = paired(new double[] {3}, new double[] {1}, 1);
        assertThat(one.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(one.signed()).isEqualTo("+2.00");
        assertThat(one.range()).isEmpty();
        Difference same = paired(new double[] {3, 4}, new double[] {3, 4}, 1);
        assertThat(same.finding()).isEqualTo(Finding.NOT_SEPARATE);
        assertThat(same.range()).isEqualTo("+0.00 to +0.00");
        assertThat(paired(new double[] {3, 3.5}, new double[] {3.001, 3.501}, 1).signed()).isEqualTo("+0.00");
    }
}
