package org.latentmim.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latentmim.ablation.Comparison;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.Comparison.VariantResult;
import org.latentmim.ablation.Difference;
import org.latentmim.ablation.RunResult;

/** The table of a suite for people: a block for each score, one for what the runs took, and what it all shows. */
final class ComparisonTable {

    private ComparisonTable() {}

    static void print(Comparison comparison, Terminal terminal) {
        for (String score : comparison.scores()) {
            terminal.print("");
            terminal.title(score);
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("", "mean", "seeds", "to " + comparison.base(), "95% interval", "to untrained", "95% interval", ""));
            comparison.of(score).forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
            Columns.of(rows).forEach(terminal::print);
        }
        terminal.print("");
        terminal.title("What the runs took");
        List<List<String>> costs = new ArrayList<>();
        costs.add(List.of("", "runs", "time", "evaluation", "images/s", "GFLOP/step", "memory", "health"));
        comparison.variants().forEach(variant -> costs.add(cost(variant)));
        Columns.of(costs).forEach(terminal::print);
        terminal.print("");
        comparison.findings().forEach(terminal::print);
        terminal.print(comparison.method());
        comparison.variants().forEach(variant ->
                variant.failures().forEach(failure -> terminal.print("failed: " + variant.name() + ": " + failure)));
    }

    private static List<String> row(VariantResult variant, ScoreResult score) {
        Optional<Difference> base = score.toBase();
        Optional<Difference> gain = score.toUntrained();
        return List.of(variant.name(), score.trained().words(score.unit()), "" + score.trained().count(),
                base.map(Difference::signed).orElse(""), base.map(Difference::range).orElse(""),
                gain.map(Difference::signed).orElse(""), gain.map(Difference::range).orElse(""),
                base.map(difference -> difference.finding().words()).orElse("the base"));
    }

    private static List<String> cost(VariantResult variant) {
        return List.of(variant.name(), variant.finished().size() + " of " + variant.runs().size(),
                seconds(variant.mean(RunResult::seconds)),
                seconds(variant.mean(run -> OptionalDouble.of(run.evaluationSeconds()))),
                number(variant.mean(RunResult::imagesPerSecond), "%,.0f"),
                number(variant.mean(RunResult::gigaflop), "%,.2f"),
                number(variant.mean(RunResult::mebibytes), "%,.0f MiB"),
                variant.verdict());
    }

    private static String number(OptionalDouble number, String format) {
        return number.isPresent() ? String.format(Locale.ROOT, format, number.getAsDouble()) : "";
    }

    static String seconds(OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return "";
        }
        Duration time = Duration.ofMillis(Math.round(1000 * seconds.getAsDouble()));
        return time.toMinutes() == 0
                ? String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble())
                : String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
