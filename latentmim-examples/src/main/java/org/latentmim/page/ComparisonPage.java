package org.latentmim.page;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.latentmim.ablation.Comparison;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.Comparison.VariantResult;
import org.latentmim.ablation.Difference;
import org.latentmim.ablation.RunResult;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.page.Scale.Mark;

/** The page that shows what came of a suite: how far its variants lie from the base, and what they took. */
public final class ComparisonPage {

    private static final int STEPS = 5;

    private final Comparison comparison;

    private ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * Returns the page.
     *
     * @param command that makes the page
     */
    public static String html(Comparison comparison, String command) {
        return PageTemplate.fill("comparison", new ComparisonPage(comparison).content(command));
    }

    /** What the template names. */
    private record Content(String title, String question, String claim, String base, List<Fact> facts, boolean anyScores,
            List<Board> boards, List<Cost> costs, boolean anyFailures, List<Failure> failures, String method,
            List<Folder> folders, String command) {}

    private record Fact(String label, String value, String detail) {}

    /** One score of all variants, as differences to the base along one axis. */
    private record Board(String name, String finding, List<Row> rows, List<Mark> marks, String zero) {}

    /** One variant; a dot with whiskers where there is a difference. */
    private record Row(String variant, String about, String mean, String difference, String interval, String gain,
            String gainInterval, String dot, Optional<Whiskers> whiskers, String finding, String kind) {}

    private record Whiskers(String from, String to) {}

    private record Cost(String variant, String runs, String steps, String time, String evaluation, String pace, String operations,
            String memory, String rank, String similarity, String verdict) {}

    private record Failure(String variant, String words) {}

    private record Folder(String variant, String about, List<Link> runs) {}

    private record Link(String words, String place, String state) {}

    private Content content(String command) {
        List<Board> boards = comparison.scores().stream().map(this::board).toList();
        List<Failure> failures = comparison.variants().stream()
                .flatMap(variant -> variant.failures().stream().map(words -> new Failure(variant.name(), words)))
                .toList();
        return new Content(comparison.suite() + ", " + comparison.form(), comparison.question(), comparison.claim().orElse(""),
                comparison.base(), facts(), !boards.isEmpty(), boards,
                comparison.variants().stream().map(ComparisonPage::cost).toList(), !failures.isEmpty(), failures,
                comparison.method(), comparison.variants().stream().map(ComparisonPage::folder).toList(), command);
    }

    private List<Fact> facts() {
        long runs = comparison.variants().stream().mapToLong(variant -> variant.runs().size()).sum();
        long seeds = comparison.variants().stream().mapToLong(variant -> variant.finished().size()).max().orElse(0);
        double seconds = finished().flatMap(run -> Stream.of(run.seconds().orElse(0), run.evaluationSeconds()))
                .mapToDouble(Double::doubleValue).sum();
        return List.of(
                new Fact("Variants", "" + comparison.variants().size(), "the base is " + comparison.base()),
                new Fact("Runs finished", comparison.count(State.FINISHED) + " of " + runs,
                        comparison.count(State.FAILED) == 0 ? "none failed" : comparison.count(State.FAILED) + " failed"),
                new Fact("Seeds", "" + seeds, "the most that a variant has finished"),
                new Fact("Time", time(OptionalDouble.of(seconds)), "of all runs, steps and evaluation"));
    }

    private Stream<RunResult> finished() {
        return comparison.variants().stream().flatMap(variant -> variant.finished().stream());
    }

    private Board board(String score) {
        List<Map.Entry<VariantResult, ScoreResult>> results = comparison.of(score).toList();
        double[] numbers = DoubleStream.concat(DoubleStream.of(0), results.stream()
                        .flatMap(entry -> entry.getValue().toBase().stream())
                        .flatMapToDouble(ComparisonPage::ends))
                .filter(Double::isFinite)
                .toArray();
        Scale scale = Scale.around(numbers, STEPS);
        String finding = comparison.variants().size() < 2 ? "" : comparison.finding(score).substring(score.length() + 2);
        return new Board(score, finding, results.stream().map(entry -> row(entry.getKey(), entry.getValue(), scale)).toList(),
                scale.labelled(), scale.percent(0));
    }

    private static DoubleStream ends(Difference difference) {
        return DoubleStream.concat(DoubleStream.of(difference.mean()), difference.interval().stream()
                .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high())));
    }

    private static Row row(VariantResult variant, ScoreResult score, Scale scale) {
        Optional<Difference> base = score.toBase();
        return new Row(variant.name(), variant.about(), score.trained().words(score.unit()),
                base.map(Difference::signed).orElse("the base"), base.map(Difference::range).orElse(""),
                score.toUntrained().map(Difference::signed).orElse(""), score.toUntrained().map(Difference::range).orElse(""),
                scale.percent(base.map(Difference::mean).orElse(0.0)),
                base.flatMap(Difference::interval)
                        .map(interval -> new Whiskers(scale.percent(interval.low()), scale.percent(interval.high()))),
                base.map(difference -> difference.finding().words()).orElse(""),
                base.map(difference -> difference.finding().name().toLowerCase(Locale.ROOT)).orElse("base"));
    }

    private static Cost cost(VariantResult variant) {
        return new Cost(variant.name(), variant.finished().size() + " of " + variant.runs().size(),
                number(variant.mean(run -> OptionalDouble.of(run.steps())), "%,.0f"), time(variant.mean(RunResult::seconds)),
                time(variant.mean(run -> OptionalDouble.of(run.evaluationSeconds()))),
                number(variant.mean(RunResult::imagesPerSecond), "%,.0f"),
                number(variant.mean(RunResult::gigaflop), "%,.2f"),
                number(variant.mean(RunResult::mebibytes), "%,.0f MiB"),
                number(variant.mean(RunResult::rank), "%.0f"), number(variant.mean(RunResult::similarity), "%.2f"),
                variant.verdict());
    }

    private static Folder folder(VariantResult variant) {
        return new Folder(variant.name(), variant.about(), variant.runs().stream()
                .map(run -> new Link("seed " + run.seed(), variant.name() + "/seed-" + run.seed() + "/recipe.yaml",
                        run.state().name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private static String time(OptionalDouble seconds) {
        return seconds.isPresent() ? Numbers.time(Duration.ofMillis(Math.round(1000 * seconds.getAsDouble()))) : "–";
    }

    private static String number(OptionalDouble number, String format) {
        return number.isPresent() ? String.format(Locale.ROOT, format, number.getAsDouble()) : "–";
    }
}
