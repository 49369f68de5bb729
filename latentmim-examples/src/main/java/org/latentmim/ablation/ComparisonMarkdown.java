package org.latentmim.ablation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.Comparison.VariantResult;

/** The table of a suite as Markdown, to be pasted into what one writes: a row for each variant that has run. */
final class ComparisonMarkdown {

    private ComparisonMarkdown() {}

    static String of(Comparison comparison) {
        List<String> head = new ArrayList<>(List.of("", "", "seeds"));
        for (String score : comparison.scores()) {
            head.addAll(List.of(score, "to " + comparison.base(), "to untrained"));
        }
        head.add("health");
        List<String> lines = new ArrayList<>(List.of(row(head), row(Collections.nCopies(head.size(), "---"))));
        comparison.variants().stream()
                .filter(variant -> !variant.scores().isEmpty())
                .forEach(variant -> lines.add(row(cells(variant, comparison.scores()))));
        lines.add("");
        comparison.findings().forEach(finding -> lines.add("- " + finding));
        lines.addAll(List.of("", comparison.method(), ""));
        return String.join("\n", lines);
    }

    private static List<String> cells(VariantResult variant, List<String> scores) {
        List<String> cells = new ArrayList<>(List.of("`" + variant.name() + "`", variant.about(),
                "" + variant.finished().size()));
        for (String name : scores) {
            Optional<ScoreResult> score = variant.scores().stream().filter(each -> each.name().equals(name)).findFirst();
            cells.add(score.map(each -> each.trained().words(each.unit())).orElse(""));
            cells.add(score.flatMap(ScoreResult::toBase).map(ComparisonMarkdown::words).orElse(""));
            cells.add(score.flatMap(ScoreResult::toUntrained).map(ComparisonMarkdown::words).orElse(""));
        }
        cells.add(variant.verdict());
        return cells;
    }

    /** What separates stands out. */
    private static String words(Difference difference) {
        String signed = switch (difference.finding()) {
            case ABOVE, BELOW -> "**" + difference.signed() + "**";
            default -> difference.signed();
        };
        return difference.interval().isPresent() ? signed + " (" + difference.range() + ")" : signed;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }
}
