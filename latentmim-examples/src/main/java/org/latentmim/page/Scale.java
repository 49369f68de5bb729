package org.latentmim.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Places numbers along an axis with round marks.
 *
 * @param low the number at 0
 * @param high the number at 1, above {@code low}
 * @param logarithmic whether equal distances are equal factors
 * @param marks round numbers on the axis
 * @param step between two marks, where they are even
 */
record Scale(double low, double high, boolean logarithmic, List<Double> marks, double step) {

    private static final double SPIKE = 30;
    private static final double SAME = 1e-9;
    private static final double[] ROUND = {1, 2, 5, 10};

    /** A mark and its place in percent. */
    record Mark(String place, String label) {}

    /** Returns a scale from mark to mark; logarithmic where a few numbers tower so high that the others would look flat. */
    static Scale around(double[] numbers, int steps) {
        double least = Arrays.stream(numbers).min().orElse(0);
        double most = Arrays.stream(numbers).max().orElse(1);
        double[] sorted = Arrays.stream(numbers).sorted().toArray();
        if (sorted.length > 2 && least > 0 && most > SPIKE * sorted[sorted.length / 2]) {
            return logarithmic(least, most);
        }
        if (most - least <= SAME * Math.abs(most)) {
            double room = most == 0 ? 1 : Math.abs(most) / 10;
            return around(new double[] {least - room, most + room}, steps);
        }
        double step = step(most - least, steps);
        return even(Math.floor(least / step + SAME) * step, Math.ceil(most / step - SAME) * step, step);
    }

    /** Returns a scale that ends where the numbers end, with marks in between. */
    static Scale upTo(double most, int steps) {
        double end = most > 0 ? most : 1;
        return even(0, end, step(end, steps));
    }

    private static Scale even(double low, double high, double step) {
        List<Double> marks = LongStream.rangeClosed((long) Math.ceil(low / step - SAME), (long) Math.floor(high / step + SAME))
                .mapToObj(count -> count * step)
                .toList();
        return new Scale(low, high, false, marks, step);
    }

    private static Scale logarithmic(double least, double most) {
        int first = (int) Math.floor(Math.log10(least));
        int last = (int) Math.ceil(Math.log10(most));
        int every = Math.max(1, (last - first + 4) / 5);
        List<Double> marks = IntStream.iterate(first, power -> power <= last, power -> power + every)
                .mapToObj(power -> Math.pow(10, power))
                .toList();
        return new Scale(Math.pow(10, first), Math.pow(10, last), true, marks, 0);
    }

    private static double step(double length, int steps) {
        double rough = length / steps;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        return power * Arrays.stream(ROUND).filter(round -> round * power >= rough * (1 - SAME)).findFirst().orElse(10);
    }

    /** Returns the place of a number, from 0 at the low end to 1 at the high end. */
    double place(double number) {
        return logarithmic
                ? Math.log(number / low) / Math.log(high / low)
                : (number - low) / (high - low);
    }

    /** Returns the place of a number in percent, for a style sheet or a drawing. */
    String percent(double number) {
        return Numbers.fixed(100 * place(number), 2) + "%";
    }

    /** Returns the marks with their places. */
    List<Mark> labelled() {
        return marks.stream().map(mark -> new Mark(percent(mark), label(mark))).toList();
    }

    private String label(double mark) {
        if (mark == 0) {
            return "0";
        }
        int last = power(logarithmic ? mark : step);
        if (last < -3 || Math.abs(mark) >= 1e6) {
            int digits = Math.max(0, power(mark) - last);
            return Numbers.scientific(String.format(Locale.ROOT, "%." + digits + "e", mark));
        }
        return String.format(Locale.ROOT, "%,." + Math.max(0, -last) + "f", mark);
    }

    /** Returns the power of ten that is as long as a number. */
    private static int power(double number) {
        return (int) Math.floor(Math.log10(Math.abs(number)) + SAME);
    }
}
