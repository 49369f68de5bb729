package org.latentmim.report;

import java.util.ArrayList;
import java.util.List;

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

        boolean isNumber() {
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
     * Returns about as many points as asked for, if there are more: the first, the last, and of each stretch between them the
     * lowest and the highest, so that no spike is lost. A stretch that holds values that are no numbers keeps one of them.
     */
    public Curve thinned(int most) {
        if (points.size() <= most) {
            return this;
        }
        List<Point> kept = new ArrayList<>(List.of(points.get(0)));
        int stretches = (most - 2) / 2;
        int inner = points.size() - 2;
        for (int i = 0; i < stretches; i++) {
            keep(points.subList(1 + (int) ((long) inner * i / stretches), 1 + (int) ((long) inner * (i + 1) / stretches)), kept);
        }
        kept.add(points.get(points.size() - 1));
        return new Curve(kept);
    }

    private static void keep(List<Point> stretch, List<Point> kept) {
        int lowest = -1;
        int highest = -1;
        int none = -1;
        for (int i = 0; i < stretch.size(); i++) {
            double value = stretch.get(i).value();
            if (!Double.isFinite(value)) {
                none = i;
                continue;
            }
            lowest = lowest < 0 || value < stretch.get(lowest).value() ? i : lowest;
            highest = highest < 0 || value > stretch.get(highest).value() ? i : highest;
        }
        for (int i = 0; i < stretch.size(); i++) {
            if (i == lowest || i == highest || i == none) {
                kept.add(stretch.get(i));
            }
        }
    }
}
