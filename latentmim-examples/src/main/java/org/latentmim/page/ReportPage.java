package org.latentmim.page;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentmim.report.Curve;
import org.latentmim.report.Picture;
import org.latentmim.report.RecipeDifference;
import org.latentmim.report.Representations;
import org.latentmim.report.RunRecord;
import org.latentmim.report.Skipped;
import org.latentmim.train.JudgedScore;

/** The page that shows what came of one run or of several: how they learned, what they reached and what sets them apart. */
public final class ReportPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
    private static final int SMALL = 200; // pixels: narrower pictures are enlarged without smoothing
    private static final int MOST_SKIPPED = 20;

    private final List<RunRecord> runs;

    private ReportPage(List<RunRecord> runs) {
        this.runs = runs;
    }

    /**
     * Returns the page.
     *
     * @param runs one at least
     * @param command that makes the page
     */
    public static String html(List<RunRecord> runs, String command) {
        return PageTemplate.fill("report", new ReportPage(runs).content(command));
    }

    /** What the template names. */
    private record Content(
            String title, String description, boolean several, List<RunWords> runs, List<Fact> facts, boolean anyFaults,
            List<Fault> faults, String command, boolean anyHealth, boolean anyCharts, List<LineChart> shown, boolean anyMore,
            List<LineChart> more, int moreCount, boolean anyScores, boolean anyIntervals, List<ScoreBoard> boards,
            boolean anyDifferences, boolean someDifferences, List<DifferenceRow> differences, boolean anyGallery,
            List<Gallery> galleries, boolean anySkipped) {}

    /** One number, what it is and what to hold it against. */
    private record Fact(String label, String value, String detail) {}

    /** A sentence on what could not be read. */
    private record Fault(String run, String words) {}

    /** All that is said of one run. */
    private record RunWords(
            Badge badge, String label, String name, String folder, String begun, String machine, String version, String epochs,
            String loss, String score, String pace, String time, String command, List<Named> environment, String recipe,
            Optional<Verdict> verdict, boolean anySkips, List<SkippedRow> skipped, String skippedInAll) {}

    private record Named(String name, String value) {}

    /** How a run does; {@code kind} is good, bad or open. */
    private record Verdict(String words, String kind, String sign, String step, String evidence, String cause, String advice,
            String changes) {}

    private record SkippedRow(String step, String epoch, String reason, String images) {}

    private record DifferenceRow(String key, List<String> values) {}

    /** Pictures that belong together. */
    private record Gallery(String title, List<Shown> pictures) {}

    private record Shown(Optional<Badge> badge, String source, String title, String caption, String alt, int width, int height,
            boolean small) {}

    private Content content(String command) {
        Curves curves = new Curves(runs);
        List<LineChart> shown = curves.shown();
        List<LineChart> more = curves.more();
        List<ScoreBoard> boards = ScoreBoard.of(runs);
        List<RunWords> words = IntStream.range(0, runs.size()).mapToObj(i -> words(runs.get(i), badge(i))).toList();
        List<DifferenceRow> differences = RecipeDifference.between(runs).stream()
                .map(difference -> new DifferenceRow(difference.key(),
                        difference.values().stream().map(value -> value.isEmpty() ? "–" : value).toList()))
                .toList();
        List<Gallery> galleries = galleries();
        List<Fault> faults = faults();
        return new Content(title(), description(), isSeveral(), words, isSeveral() ? List.of() : facts(words.get(0)),
                !faults.isEmpty(), faults, command, words.stream().anyMatch(run -> run.verdict().isPresent()),
                !shown.isEmpty() || !more.isEmpty(), shown, !more.isEmpty(), more, more.size(), !boards.isEmpty(), anyInterval(),
                boards, isSeveral(), !differences.isEmpty(), differences, !galleries.isEmpty(), galleries,
                words.stream().anyMatch(RunWords::anySkips));
    }

    private boolean isSeveral() {
        return runs.size() > 1;
    }

    private Badge badge(int run) {
        return isSeveral() ? Badge.ofRun(run) : Badge.ofLine(0);
    }

    private String title() {
        List<String> names = runs.stream().map(RunRecord::name).distinct().toList();
        if (!isSeveral()) {
            return names.get(0);
        }
        return runs.size() + " runs" + (names.size() == 1 ? " of " + names.get(0) : "");
    }

    /** What the recipes say of themselves, where they say the same. */
    private String description() {
        List<String> descriptions = runs.stream().map(run -> run.recipe().getOrDefault("description", "")).distinct().toList();
        return descriptions.size() == 1 ? descriptions.get(0) : "";
    }

    private List<Fact> facts(RunWords words) {
        RunRecord run = runs.get(0);
        List<Fact> facts = new ArrayList<>();
        if (!words.epochs().isEmpty()) {
            facts.add(new Fact("Epochs", words.epochs(), Numbers.count(run.metrics().steps()) + " steps"));
        }
        if (!words.loss().isEmpty()) {
            facts.add(new Fact("Loss", words.loss(), "from " + Numbers.digits(run.metrics().curves().get("loss").numbers()[0])
                    + " after the first step"));
        }
        headline(run).ifPresent(judged -> facts.add(new Fact(Representations.name(judged.representation()), words.score(),
                judged.evaluator() + ": " + judged.score().name())));
        words.verdict().ifPresent(verdict -> facts.add(new Fact("Health", verdict.words(), verdict.step())));
        if (!words.pace().isEmpty()) {
            facts.add(new Fact("Images a second", words.pace(), "the median over the run"));
        }
        if (!words.time().isEmpty()) {
            facts.add(new Fact("Training took", words.time(), "for the steps, without evaluation"));
        }
        return facts;
    }

    private List<Fault> faults() {
        return runs.stream()
                .flatMap(run -> run.faults().stream().map(words -> new Fault(isSeveral() ? run.label() : "", words)))
                .toList();
    }

    private boolean anyInterval() {
        return runs.stream().flatMap(run -> run.scores().stream()).anyMatch(judged -> judged.score().interval().isPresent());
    }

    private static RunWords words(RunRecord run, Badge badge) {
        Map<String, String> environment = run.environment();
        List<Named> named = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (!name.equals("command")) {
                named.add(new Named(name, value));
            }
        });
        return new RunWords(badge, run.label(), run.name().equals(run.label()) ? "" : run.name(), run.folder().toString(), begun(environment), machine(environment),
                environment.getOrDefault("latentmim", ""), epochs(run), loss(run),
                headline(run).map(judged -> value(judged)).orElse(""),
                run.metrics().pace().stream().mapToObj(pace -> Numbers.count(Math.round(pace))).findFirst().orElse(""),
                run.time().map(Numbers::time).orElse(""), environment.getOrDefault("command", ""), named, run.recipeText(),
                verdict(run), !run.skipped().isEmpty(), run.skipped().stream().limit(MOST_SKIPPED).map(ReportPage::skipped).toList(),
                skippedInAll(run.skipped().size()));
    }

    private static String begun(Map<String, String> environment) {
        String started = environment.getOrDefault("started", "");
        try {
            return OffsetDateTime.parse(started).withOffsetSameInstant(ZoneOffset.UTC).format(TIME);
        } catch (DateTimeParseException e) {
            return started; // as someone may have written it
        }
    }

    private static String machine(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        Optional.ofNullable(environment.get("cpu")).ifPresent(words::add);
        Optional.ofNullable(environment.get("device")).ifPresent(words::add);
        return String.join(", ", words);
    }

    private static String epochs(RunRecord run) {
        double done = run.metrics().epochs();
        String planned = run.recipe().getOrDefault("train.epochs", "");
        if (run.metrics().curves().isEmpty()) {
            return "";
        }
        String epochs = done == Math.rint(done) ? Numbers.count((long) done) : Numbers.fixed(done, 1);
        return planned.isEmpty() ? epochs : epochs + " of " + planned;
    }

    private static String loss(RunRecord run) {
        return Optional.ofNullable(run.metrics().curves().get("loss"))
                .map(Curve::numbers)
                .filter(losses -> losses.length > 0)
                .map(losses -> Numbers.digits(losses[losses.length - 1]))
                .orElse("");
    }

    /** The score that comes first, as the last weights have it. */
    private static Optional<JudgedScore> headline(RunRecord run) {
        Optional<JudgedScore> first =
                run.scores().stream().filter(judged -> judged.representation().equals("trained")).findFirst();
        return first.flatMap(wanted -> run.scores().stream()
                .filter(judged -> judged.representation().equals("trained") && judged.on().equals(wanted.on())
                        && judged.evaluator().equals(wanted.evaluator())
                        && judged.score().name().equals(wanted.score().name()))
                .reduce((before, after) -> after));
    }

    private static String value(JudgedScore judged) {
        return (judged.score().unit().isEmpty()
                ? Numbers.digits(judged.score().value())
                : Numbers.fixed(judged.score().value(), 2) + " " + judged.score().unit());
    }

    private static Optional<Verdict> verdict(RunRecord run) {
        return run.verdict().map(last -> new Verdict(last.inWords(),
                last.isFailure() ? "bad" : last.isHealthy() ? "good" : "open",
                last.isFailure() ? "!" : last.isHealthy() ? "✓" : "…", "after step " + Numbers.count(last.step()),
                last.evidence(), last.cause(), last.advice(),
                run.health().stream()
                        .filter(look -> look.step() < last.since() && !look.isTooEarly())
                        .map(look -> look.inWords() + " after step " + Numbers.count(look.step()))
                        .collect(Collectors.joining("; "))));
    }

    private static SkippedRow skipped(Skipped step) {
        return new SkippedRow(Numbers.count(step.step()), Numbers.count(step.epoch()), step.reason(), String.join(", ", step.ids()));
    }

    private static String skippedInAll(int steps) {
        String all = Numbers.count(steps) + (steps == 1 ? " step" : " steps");
        return steps > MOST_SKIPPED ? all + ", the first " + MOST_SKIPPED : all;
    }

    private List<Gallery> galleries() {
        Map<String, List<Shown>> groups = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            Optional<Badge> badge = isSeveral() ? Optional.of(badge(i)) : Optional.empty();
            for (Picture picture : runs.get(i).pictures()) {
                groups.computeIfAbsent(picture.group(), group -> new ArrayList<>()).add(shown(picture, badge));
            }
        }
        return groups.entrySet().stream().map(group -> new Gallery(group.getKey(), group.getValue())).toList();
    }

    private static Shown shown(Picture picture, Optional<Badge> badge) {
        String caption = picture.caption();
        return new Shown(badge, Png.address(picture.png()), picture.title(), caption,
                caption.isEmpty() ? picture.title() : picture.title() + ": " + caption, picture.width(), picture.height(),
                picture.width() < SMALL);
    }
}
