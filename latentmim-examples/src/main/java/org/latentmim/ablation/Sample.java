package org.latentmim.ablation;

import java.util.Arrays;
import java.util.Locale;

/**
 * What several runs of one kind came to.
 *
 * @param count how many numbers
 * @param mean of them; no number if there are none
 * @param deviation their standard deviation, with {@code count - 1}; no number if there are fewer than two
 */
public record Sample(int count, double mean, double deviation) {

    static Sample of(double... numbers) {
        double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
        double squares = Arrays.stream(numbers).map(number -> (number - mean) * (number - mean)).sum();
        return new Sample(numbers.length, mean, numbers.length < 2 ? Double.NaN : Math.sqrt(squares / (numbers.length - 1)));
    }

    /** Returns mean and deviation with a unit, such as {@code 46.90 ± 0.40 %}; without deviation where that is not known. */
    public String words(String unit) {
        String number = String.format(Locale.ROOT, "%.2f", mean);
        String spread = count < 2 ? "" : String.format(Locale.ROOT, " ± %.2f", deviation);
        return number + spread + (unit.isEmpty() ? "" : " " + unit);
    }
}
