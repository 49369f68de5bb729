package org.latentmim.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latentmim.preview.Distribution;

/**
 * A distribution of distances in a few bars of equal width.
 *
 * @param title what is counted, in which unit
 * @param summary its mean, median and largest
 */
record Histogram(String title, String summary, List<Bar> bars) {

    private static final int MOST_BARS = 12;
    private static final int WIDEST = 1000;
    private static final List<Integer> WIDTHS = List.of(1, 2, 5, 10, 20, 50, 100, 200, 500);

    /**
     * One bar.
     *
     * @param label the distances in it
     * @param share of all, in words
     * @param length in percent of the longest bar
     */
    record Bar(String label, String share, String length) {}

    static Histogram of(String title, Distribution distances) {
        double largest = distances.quantile(1);
        int width = WIDTHS.stream().filter(wide -> largest < (double) wide * MOST_BARS).findFirst().orElse(WIDEST);
        double[] shares = IntStream.rangeClosed(0, (int) (largest / width))
                .mapToDouble(bar -> distances.share(bar * width, (bar + 1) * width))
                .toArray();
        double most = Arrays.stream(shares).max().orElseThrow();
        int first = IntStream.range(0, shares.length).filter(bar -> shares[bar] > 0).findFirst().orElseThrow();
        List<Bar> bars = IntStream.range(first, shares.length)
                .mapToObj(bar -> new Bar(bar * width + " to " + (bar + 1) * width, Numbers.percent(shares[bar]),
                        String.format(Locale.ROOT, "%.1f", 100 * shares[bar] / most)))
                .toList();
        String summary = "mean " + Numbers.decimal(distances.mean()) + ", median " + Numbers.decimal(distances.quantile(0.5))
                + ", largest " + Numbers.decimal(largest);
        return new Histogram(title, summary, bars);
    }
}
