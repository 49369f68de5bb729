package org.latentmim.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.runtime.UsageException;

/** Finds how time and memory of a step grow with batch, visible patches, grid, width and depth, each changed alone. */
public final class ScaleBenchmark {

    /** What is changed, and the keys of a recipe whose product is its size. */
    private static final Map<String, List<String>> DIMENSIONS = dimensions();

    /** Told how far it is. */
    public interface Listener {

        /** A size is being timed. */
        void measures(String dimension, long size);

        /** A recipe cannot be changed in a dimension. */
        void skips(String dimension, String reason);
    }

    private final Function<List<String>, Recipe> recipe;
    private final Recipe base;
    private final List<Double> multiples;
    private final int steps;

    /**
     * @param recipe reads the recipe with changes such as {@code train.batch=32}
     * @param multiples of the recipe's sizes, at least two, more than 0
     * @param steps to time of each
     */
    public ScaleBenchmark(Function<List<String>, Recipe> recipe, List<Double> multiples, int steps) {
        this.recipe = recipe;
        this.base = recipe.apply(List.of());
        this.multiples = multiples.stream().sorted().distinct().toList();
        this.steps = steps;
    }

    /** Measures all that this recipe can be changed in. */
    public List<Measurement> measure(Listener listener) {
        List<Measurement> measurements = new ArrayList<>();
        point(1, List.of()); // loads what every size needs
        DIMENSIONS.forEach((name, keys) -> {
            try {
                measurements.addAll(measure(name, keys, listener));
            } catch (UsageException e) {
                listener.skips(name, e.getMessage());
            }
        });
        return measurements;
    }

    private List<Measurement> measure(String name, List<String> keys, Listener listener) {
        List<Point> points = new ArrayList<>();
        for (double multiple : multiples) {
            Map<String, Integer> sizes = new LinkedHashMap<>();
            keys.forEach(key -> sizes.put(key, (int) Math.max(1, Math.round(value(key) * multiple))));
            long size = sizes.values().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
            if (points.isEmpty() || points.get(points.size() - 1).size() < size) {
                List<String> changes = sizes.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
                listener.measures(name, size);
                points.add(point(size, changes));
            }
        }
        if (points.size() < 2) {
            throw new UsageException(keys.get(0) + " is too small for multiples that differ");
        }
        return measurements(name, points);
    }

    private int value(String key) {
        return base.number(key).orElseThrow(() -> new UsageException("the recipe has no " + key));
    }

    /** The memory is what the step takes beyond what the process held before. */
    private Point point(long size, List<String> changes) {
        Memory.release(); // the tensors of the point before
        OptionalLong before = Memory.resident();
        boolean memory = Memory.resetPeak() && before.isPresent();
        try (Pretraining pretraining = Pretraining.of(recipe.apply(changes))) {
            double[] seconds = new StepBenchmark(pretraining).seconds(steps);
            double[] milliseconds = Arrays.stream(seconds).map(second -> second * 1e3).toArray();
            OptionalLong device = Memory.peakOnDevice(pretraining.compute());
            long bytes = device.orElseGet(() -> memory ? Memory.peak().orElse(0) - before.getAsLong() : 0);
            return new Point(size, milliseconds, bytes);
        }
    }

    static List<Measurement> measurements(String name, List<Point> points) {
        List<Measurement> measurements = new ArrayList<>();
        double[] sizes = points.stream().mapToDouble(Point::size).toArray();
        List<Measurement> times = points.stream()
                .map(point -> Measurement.of(name + " " + point.size() + ", time", Unit.MILLISECONDS, point.milliseconds()))
                .toList();
        double[] medians = times.stream().mapToDouble(Measurement::value).toArray();
        measurements.addAll(times);
        measurements.add(Measurement.of(name + ", growth of time", Unit.EXPONENT, PowerLaw.fit(sizes, medians).exponent()));
        if (name.equals("batch")) {
            measurements.add(Measurement.of("batch, beyond linear", Unit.PERCENT, beyondLinear(sizes, medians)));
        }
        if (points.stream().allMatch(point -> point.bytes() > 0)) {
            points.forEach(point ->
                    measurements.add(StepBenchmark.mebibytes(name + " " + point.size() + ", memory", point.bytes())));
            double[] bytes = points.stream().mapToDouble(Point::bytes).toArray();
            measurements.add(Measurement.of(name + ", growth of memory", Unit.EXPONENT, PowerLaw.fit(sizes, bytes).exponent()));
        }
        return measurements;
    }

    /** How much longer than the smallest size times its multiple the others take, in %: the one that is farthest off. */
    static double beyondLinear(double[] sizes, double[] times) {
        double farthest = 0;
        for (int i = 1; i < sizes.length; i++) {
            double beyond = 100 * (times[i] / times[0] / (sizes[i] / sizes[0]) - 1);
            farthest = Math.abs(beyond) > Math.abs(farthest) ? beyond : farthest;
        }
        return farthest;
    }

    private static Map<String, List<String>> dimensions() {
        Map<String, List<String>> dimensions = new LinkedHashMap<>();
        dimensions.put("batch", List.of("train.batch"));
        dimensions.put("visible", List.of("masking.visible"));
        dimensions.put("grid", List.of("grid.rows", "grid.columns"));
        dimensions.put("width", List.of("encoder.width"));
        dimensions.put("depth", List.of("encoder.depth"));
        return dimensions;
    }

    /**
     * One size.
     *
     * @param bytes 0 where they are not known
     */
    record Point(long size, double[] milliseconds, long bytes) {}
}
