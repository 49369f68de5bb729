package org.latentmim.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number over a run.
 *
 * @param points in the order of the run
 */
public record Curve(List<Point> points) {

    /**
     * The number at one moment.
     *
     * @param epoch passes over the images by then
     * @param value may be no number
     */
    public record Point(double epoch, double value) {

        private boolean isNumber() {
            return Double.isFinite(value);
        }
    }

    /** Copies the points. */
    public Curve {
        points = List.copyOf(points);
    }

    /** Returns all values that are numbers. */
    public double[] numbers() {
        return points.stream().filter(Point::isNumber).mapToDouble(Point::value).toArray();
    }

    /**
     * Returns the curve in so many stretches of about as many points; each point by itself if there are no more.
     *
     * @param most at least 1
     */
    public List<Stretch> stretches(int most) {
        int count = Math.min(most, points.size());
        return IntStream.range(0, count)
                .mapToObj(i -> Stretch.of(points.subList(bound(i, count), bound(i + 1, count))))
                .toList();
    }

    private int bound(int stretch, int count) {
        return (int) ((long) points.size() * stretch / count);
    }

    /**
     * Some points in a row.
     *
     * @param epoch their mean
     * @param least the lowest value
     * @param mean the mean of the values; no number if one of them is none
     * @param most the highest value
     */
    public record Stretch(double epoch, double least, double mean, double most) {

        private static Stretch of(List<Point> points) {
            DoubleSummaryStatistics values = points.stream().mapToDouble(Point::value).summaryStatistics();
            double epoch = points.stream().mapToDouble(Point::epoch).average().orElseThrow();
            double mean = points.size() == 1 ? values.getMax() : values.getAverage(); // exact where it can be
            return new Stretch(epoch, values.getMin(), Double.isFinite(mean) ? mean : Double.NaN, values.getMax());
        }

        /** Returns whether all values are numbers. */
        public boolean isNumber() {
            return Double.isFinite(mean);
        }
    }
}
