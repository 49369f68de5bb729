package org.latentmim.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Adds up what a scan finds, image after image. */
final class ScanFindings {

    private static final int MOST_EXAMPLES = 3;
    private static final double LARGEST_VALUE = 255;

    private final int images;
    private final Map<String, Found> problems = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final TreeMap<String, Integer> kinds = new TreeMap<>();
    private final Found misnamed = new Found();
    private final Found duplicates = new Found();
    private final Set<Long> fingerprints = new HashSet<>();
    private final int[] heights;
    private final int[] widths;
    private int scanned;
    private int readable;
    private double[] means = {};
    private double[] squares = {};

    private static final class Found {

        private final List<String> examples = new ArrayList<>();
        private int images;

        void add(String id) {
            images++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(id);
            }
        }

        ScanReport.Examples examples() {
            return new ScanReport.Examples(images, List.copyOf(examples));
        }
    }

    ScanFindings(int images) {
        this.images = images;
        this.heights = new int[images];
        this.widths = new int[images];
    }

    void add(ScannedImage image) {
        scanned++;
        if (image instanceof ScannedImage.Unreadable unreadable) {
            problems.computeIfAbsent(unreadable.kind(), kind -> new Found()).add(image.id());
            reasons.putIfAbsent(unreadable.kind(), unreadable.reason());
        } else {
            add((ScannedImage.Readable) image);
        }
    }

    private void add(ScannedImage.Readable image) {
        heights[readable] = image.height();
        widths[readable] = image.width();
        readable++;
        kinds.merge(image.kind(), 1, Integer::sum);
        if (image.misnamed()) {
            misnamed.add(image.id());
        }
        if (!fingerprints.add(image.fingerprint())) {
            duplicates.add(image.id());
        }
        means = Arrays.copyOf(means, image.mean().length);
        squares = Arrays.copyOf(squares, image.mean().length);
        for (int channel = 0; channel < means.length; channel++) {
            double mean = image.mean()[channel] / LARGEST_VALUE;
            double deviation = image.deviation()[channel] / LARGEST_VALUE;
            means[channel] += mean;
            squares[channel] += mean * mean + deviation * deviation;
        }
    }

    int scanned() {
        return scanned;
    }

    int unreadable() {
        return scanned - readable;
    }

    ScanReport report() {
        List<ScanReport.Problem> found = problems.entrySet().stream()
                .map(problem -> new ScanReport.Problem(reasons.get(problem.getKey()),
                        problem.getValue().images, List.copyOf(problem.getValue().examples)))
                .sorted(Comparator.comparingInt(ScanReport.Problem::images).reversed())
                .toList();
        return new ScanReport(images, scanned, readable, found, new TreeMap<>(kinds), misnamed.examples(),
                duplicates.examples(), spread(heights), spread(widths), normalization());
    }

    private Optional<ScanReport.Spread> spread(int[] sizes) {
        if (readable == 0) {
            return Optional.empty();
        }
        int[] sorted = Arrays.copyOf(sizes, readable);
        Arrays.sort(sorted);
        return Optional.of(new ScanReport.Spread(sorted[0], sorted[readable / 2], sorted[readable - 1]));
    }

    /** Of all images, each with the same weight, as a training that cuts one view out of each sees them. */
    private Optional<Normalization> normalization() {
        List<Double> mean = Arrays.stream(means).map(sum -> sum / readable).boxed().toList();
        List<Double> deviation = IntStream.range(0, means.length)
                .mapToObj(i -> Math.sqrt(Math.max(0, squares[i] / readable - mean.get(i) * mean.get(i)))).toList();
        boolean usable = !deviation.isEmpty() && deviation.stream().allMatch(value -> value > 0);
        return usable ? Optional.of(new Normalization(mean, deviation)) : Optional.empty();
    }
}
