package org.latentmim.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentmim.report.Representations;
import org.latentmim.train.JudgedScore;

/** Scores for people: what was measured of the pixels, the untrained encoder and the trained one, under each other. */
final class ScoreTable {

    private ScoreTable() {}

    /** Returns the scores of one representation in one line. */
    static String line(List<JudgedScore> scores) {
        JudgedScore first = scores.get(0);
        String when = first.epoch() > 0 ? " after epoch " + number(first.epoch()) : "";
        return scores.stream()
                .map(judged -> judged.score().name() + " " + value(judged))
                .collect(Collectors.joining(", ", name(first) + when + ": ", ""));
    }

    /** Prints a block for each measure, with the last score of each representation. */
    static void print(List<JudgedScore> scores, Terminal terminal) {
        Map<String, Map<String, JudgedScore>> blocks = new LinkedHashMap<>();
        for (JudgedScore judged : scores) {
            String measure = (judged.on().isEmpty() ? "" : judged.on() + ", ")
                    + judged.evaluator() + ": " + judged.score().name() + ", " + Summary.count(judged.score().images()) + " images";
            blocks.computeIfAbsent(measure, key -> new LinkedHashMap<>()).put(judged.representation(), judged);
        }
        blocks.forEach((measure, block) -> {
            terminal.print("");
            terminal.title(measure);
            block.values().forEach(judged -> terminal.print(row(judged, block.get("untrained"))));
        });
    }

    private static String row(JudgedScore judged, JudgedScore untrained) {
        String row = String.format(Locale.ROOT, "  %-17s %9s", name(judged), value(judged));
        return judged.representation().equals("trained") && untrained != null
                ? row + String.format(Locale.ROOT, "  %+.2f", judged.score().value() - untrained.score().value())
                : row;
    }

    private static String name(JudgedScore judged) {
        return Representations.name(judged.representation());
    }

    private static String value(JudgedScore judged) {
        return String.format(Locale.ROOT, "%.2f %s", judged.score().value(), judged.score().unit()).stripTrailing();
    }

    private static String number(double epoch) {
        return epoch == Math.rint(epoch) ? Long.toString((long) epoch) : String.format(Locale.ROOT, "%.1f", epoch);
    }
}
