package org.latentmim.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.latentmim.page.LineChart.Series;
import org.latentmim.report.Curve;
import org.latentmim.report.Representations;
import org.latentmim.report.RunRecord;
import org.latentmim.train.JudgedScore;

/** The numbers of runs as charts: those of one run by kind, those of several each with a line a run. */
final class Curves {

    private static final int MOST_LINES = 6;

    private final List<RunRecord> runs;
    private final boolean several;
    private final double epochs;

    Curves(List<RunRecord> runs) {
        this.runs = runs;
        this.several = runs.size() > 1;
        this.epochs = runs.stream().mapToDouble(run -> run.metrics().epochs()).max().orElse(0);
    }

    /** Returns the charts that tell how the training went. */
    List<LineChart> shown() {
        return charts(true);
    }

    /** Returns all other charts. */
    List<LineChart> more() {
        return charts(false);
    }

    private List<LineChart> charts(boolean shown) {
        Set<String> metrics = new LinkedHashSet<>();
        runs.forEach(run -> metrics.addAll(run.metrics().curves().keySet()));
        Map<String, List<String>> panels = new LinkedHashMap<>();
        metrics.stream()
                .filter(metric -> MetricName.of(metric).isShown() == shown)
                .sorted(Comparator.comparingInt(metric -> MetricName.of(metric).rank()))
                .forEach(metric -> panels.computeIfAbsent(
                        several ? metric : MetricName.of(metric).family(), key -> new ArrayList<>()).add(metric));
        return panels.values().stream()
                .flatMap(panel -> split(panel).stream())
                .map(this::chart)
                .filter(LineChart::isAny)
                .toList();
    }

    private static List<List<String>> split(List<String> panel) {
        return IntStream.range(0, (panel.size() + MOST_LINES - 1) / MOST_LINES)
                .mapToObj(i -> panel.subList(MOST_LINES * i, Math.min(panel.size(), MOST_LINES * (i + 1))))
                .toList();
    }

    private LineChart chart(List<String> metrics) {
        MetricName first = MetricName.of(metrics.get(0));
        List<Series> series = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            for (int i = 0; i < metrics.size(); i++) {
                Curve curve = runs.get(run).metrics().curves().get(metrics.get(i));
                if (curve != null) {
                    series.add(several
                            ? new Series(runs.get(run).label(), Badge.ofRun(run), curve, false)
                            : new Series(line(metrics.get(i)), Badge.ofLine(i), curve, false));
                }
            }
        }
        if (first.isScore()) {
            baselines(metrics.get(0), series);
        }
        return LineChart.of(several ? first.fullTitle() : first.title(), series, epochs);
    }

    private static String line(String metric) {
        MetricName name = MetricName.of(metric);
        return name.isScore() ? Representations.name("trained") : name.member();
    }

    /** What the untrained encoder and raw pixels reach, where that is one number for all runs. */
    private void baselines(String metric, List<Series> series) {
        for (String representation : List.of("pixels", "untrained")) {
            List<Double> values = runs.stream()
                    .flatMap(run -> run.scores().stream())
                    .filter(judged -> judged.representation().equals(representation) && metric.equals(metric(judged)))
                    .map(judged -> judged.score().value())
                    .distinct()
                    .toList();
            if (values.size() == 1) {
                series.add(Series.level(representation, values.get(0), epochs));
            }
        }
    }

    private static String metric(JudgedScore judged) {
        return judged.on().isEmpty() ? "score/" + judged.evaluator() + "/" + judged.score().name() : "";
    }
}
