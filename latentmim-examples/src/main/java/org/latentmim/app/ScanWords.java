package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.latentmim.data.Normalization;
import org.latentmim.data.ScanReport;

/** A scan in words. */
final class ScanWords {

    private ScanWords() {}

    static List<String> of(ScanReport report) {
        List<String> lines = new ArrayList<>();
        int unreadable = report.scanned() - report.readable();
        int left = report.images() - report.scanned();
        lines.add(format("images     %,d: %,d can be read, %,d cannot", report.scanned(), report.readable(), unreadable)
                + (left > 0 ? format("; stopped before %,d more", left) : ""));
        report.problems().forEach(problem -> lines.add(counted("unreadable", problem.images(),
                problem.reason() + ": " + examples(problem.images(), problem.examples()))));
        report.kinds().forEach((kind, images) -> lines.add(counted("format", images, kind)));
        report.width().ifPresent(width -> lines.add("width      " + words(width)));
        report.height().ifPresent(height -> lines.add("height     " + words(height)));
        add(lines, "misnamed", report.misnamed(), "read as what they are, not as what their names say");
        add(lines, "duplicate", report.duplicates(), "the same bytes as an image before");
        report.normalization().ifPresent(normalization -> lines.addAll(recipe(normalization)));
        return lines;
    }

    private static void add(List<String> lines, String what, ScanReport.Examples found, String words) {
        if (found.images() > 0) {
            lines.add(counted(what, found.images(), words + ": " + examples(found.images(), found.examples())));
        }
    }

    private static List<String> recipe(Normalization normalization) {
        return List.of("", "For the recipe; every image counts the same:", "", "images:",
                "  mean: " + numbers(normalization.mean()),
                "  deviation: " + numbers(normalization.deviation()));
    }

    private static String counted(String what, int images, String words) {
        return format("%-10s %,d  %s", what, images, words);
    }

    private static String words(ScanReport.Spread spread) {
        return format("%,d to %,d pixels, median %,d", spread.smallest(), spread.largest(), spread.median());
    }

    /** A name may hold anything, a terminal's commands too. */
    private static String examples(int images, List<String> examples) {
        return String.join(", ", examples).replaceAll("\\p{Cntrl}", "?") + (images > examples.size() ? " and more" : "");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(value -> format("%.4f", value)).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
