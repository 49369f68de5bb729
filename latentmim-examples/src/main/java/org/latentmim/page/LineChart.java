package org.latentmim.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latentmim.page.Scale.Mark;
import org.latentmim.report.Curve;
import org.latentmim.report.Curve.Point;
import org.latentmim.report.Curve.Stretch;
import org.latentmim.report.Representations;

/**
 * Numbers over the epochs, as lines in a square of 1,000 by 1,000 that is stretched to its place.
 *
 * @param words what a person hears who does not see it
 * @param end the epoch at the right
 * @param logarithmic whether equal heights are equal factors
 */
record LineChart(String title, String words, String end, boolean logarithmic, List<Mark> ys, List<Mark> xs, List<Line> lines) {

    private static final int SIDE = 1000;
    private static final int MOST_STRETCHES = 200;
    private static final int MOST_DOTS = 40;
    private static final int STEPS = 4;

    /**
     * What is to be drawn.
     *
     * @param base whether it is a bar to hold others against, the same at all times
     */
    record Series(String name, Badge badge, Curve curve, boolean base) {

        static Series level(String representation, double value, double epochs) {
            Curve curve = new Curve(List.of(new Point(0, value), new Point(epochs, value)));
            return new Series(Representations.name(representation), new Badge(representation, ""), curve, true);
        }
    }

    /**
     * What is drawn.
     *
     * @param last its last number, in words
     * @param values its numbers, one for each corner of the path
     * @param dots a path that marks its points; empty where there are many
     * @param band a path around the lowest and the highest values; empty where the line has them all
     * @param isBase whether it is a bar to hold others against
     */
    record Line(String name, Badge badge, String last, String path, String values, String dots, String band,
            boolean isBase) {}

    static LineChart of(String title, List<Series> series, double epochs) {
        Scale y = Scale.around(series.stream().flatMapToDouble(one -> DoubleStream.of(one.curve().numbers())).toArray(), STEPS);
        Scale x = Scale.upTo(epochs, STEPS);
        List<Line> lines = series.stream().map(one -> line(one, x, y)).toList();
        String words = series.stream().map(LineChart::words).collect(Collectors.joining("; "));
        return new LineChart(
                title, title + ": " + words, Numbers.digits(x.high()), y.logarithmic(), y.labelled(), x.labelled(), lines);
    }

    /** Returns whether a line of it has two points or more. */
    boolean isAny() {
        return lines.stream().anyMatch(line -> !line.isBase() && line.values().contains(" "));
    }

    private static Line line(Series series, Scale x, Scale y) {
        List<Stretch> stretches = series.curve().stretches(MOST_STRETCHES);
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        StringBuilder band = new StringBuilder();
        for (List<Stretch> piece : pieces(stretches)) {
            List<String> line = piece.stream().map(stretch -> corner(stretch, stretch.mean(), x, y)).toList();
            path.append(line.stream().collect(Collectors.joining("L", "M", "")));
            line.forEach(corner -> dots.append('M').append(corner).append("h0"));
            Stream<String> there = piece.stream().map(stretch -> corner(stretch, stretch.most(), x, y));
            Stream<String> back = IntStream.range(0, piece.size())
                    .mapToObj(i -> piece.get(piece.size() - 1 - i))
                    .map(stretch -> corner(stretch, stretch.least(), x, y));
            band.append(Stream.concat(there, back).collect(Collectors.joining("L", "M", "Z")));
        }
        String values = stretches.stream().filter(Stretch::isNumber).map(stretch -> Numbers.digits(stretch.mean()))
                .collect(Collectors.joining(" "));
        return new Line(series.name(), series.badge(), last(series.curve()), path.toString(), values,
                series.base() || stretches.size() > MOST_DOTS ? "" : dots.toString(),
                series.curve().points().size() > stretches.size() ? band.toString() : "", series.base());
    }

    private static String corner(Stretch stretch, double value, Scale x, Scale y) {
        return Numbers.fixed(SIDE * x.place(stretch.epoch()), 1) + " " + Numbers.fixed(SIDE * (1 - y.place(value)), 1);
    }

    /** Cuts where there are no numbers. */
    private static List<List<Stretch>> pieces(List<Stretch> stretches) {
        List<List<Stretch>> pieces = new ArrayList<>();
        boolean goesOn = false;
        for (Stretch stretch : stretches) {
            if (stretch.isNumber() && !goesOn) {
                pieces.add(new ArrayList<>());
            }
            goesOn = stretch.isNumber();
            if (goesOn) {
                pieces.get(pieces.size() - 1).add(stretch);
            }
        }
        return pieces;
    }

    private static String last(Curve curve) {
        List<Point> points = curve.points();
        return Numbers.digits(points.get(points.size() - 1).value());
    }

    private static String words(Series series) {
        double[] numbers = series.curve().numbers();
        String name = series.badge().letter().isEmpty() ? series.name() : series.badge().letter() + ", " + series.name();
        if (series.base() || numbers.length == 0) {
            return name + " " + last(series.curve());
        }
        int none = series.curve().points().size() - numbers.length;
        return name + " from " + Numbers.digits(numbers[0]) + " to " + Numbers.digits(numbers[numbers.length - 1])
                + (none == 0 ? "" : ", and " + none + " times no number");
    }
}
