package org.latentmim.page;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentmim.health.Diagnosis;
import org.latentmim.health.Verdict;
import org.latentmim.report.Curve;
import org.latentmim.report.RunRecord;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.SkippedStep;

/**
 * All that is said of one run; what is not known is empty.
 *
 * @param label what its folder is called
 * @param name of the recipe, empty if it is the label
 * @param machine processor and device
 * @param score the first of all, of the last weights
 * @param pace images a second
 * @param time that the steps took
 */
record RunWords(
        Badge badge, String label, String name, String folder, String begun, String machine, String version, String epochs,
        String loss, String score, String pace, String time, String command, List<Named> environment, String recipe,
        Optional<VerdictWords> verdict, boolean anySkips, List<SkippedRow> skipped, String skippedInAll) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
    private static final int MOST_SKIPPED = 20;

    /** A fact of the machine or the program. */
    record Named(String name, String value) {}

    /** How a run does; {@code kind} is good, bad or open. */
    record VerdictWords(String words, String kind, String sign, String step, String evidence, String cause, String advice,
            String changes) {}

    /** A step that was left out. */
    record SkippedRow(String step, String epoch, String reason, String images) {}

    static RunWords of(RunRecord run, Badge badge) {
        Map<String, String> environment = run.environment();
        List<Named> named = environment.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("command"))
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
        return new RunWords(badge, run.label(), run.name().equals(run.label()) ? "" : run.name(), run.folder().toString(),
                begun(environment), machine(environment), environment.getOrDefault("latentmim", ""), epochs(run), loss(run),
                headline(run).map(RunWords::value).orElse(""),
                run.metrics().pace().stream().mapToObj(pace -> Numbers.count(Math.round(pace))).findFirst().orElse(""),
                run.time().map(Numbers::time).orElse(""), environment.getOrDefault("command", ""), named, run.recipeText(),
                run.health().last().map(last -> verdict(last, run.health().looks())), !run.skipped().isEmpty(),
                run.skipped().stream().limit(MOST_SKIPPED).map(RunWords::skipped).toList(), skippedInAll(run.skipped().size()));
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
        return Stream.of("cpu", "device").map(environment::get).filter(word -> word != null).collect(Collectors.joining(", "));
    }

    private static String epochs(RunRecord run) {
        if (run.metrics().curves().isEmpty()) {
            return "";
        }
        double done = run.metrics().epochs();
        String planned = run.recipe().getOrDefault("train.epochs", "");
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
    static Optional<JudgedScore> headline(RunRecord run) {
        Optional<JudgedScore> first =
                run.scores().stream().filter(judged -> judged.representation().equals("trained")).findFirst();
        return first.flatMap(wanted -> run.scores().stream()
                .filter(judged -> judged.representation().equals("trained") && judged.on().equals(wanted.on())
                        && judged.evaluator().equals(wanted.evaluator())
                        && judged.score().name().equals(wanted.score().name()))
                .reduce((before, after) -> after));
    }

    private static String value(JudgedScore judged) {
        return judged.score().unit().isEmpty()
                ? Numbers.digits(judged.score().value())
                : Numbers.fixed(judged.score().value(), 2) + " " + judged.score().unit();
    }

    private static VerdictWords verdict(Diagnosis last, List<Diagnosis> all) {
        Verdict verdict = last.verdict();
        String changes = all.stream()
                .filter(look -> look.step() < last.since() && look.verdict() != Verdict.TOO_EARLY_TO_SAY)
                .map(look -> look.verdict().words() + " after step " + Numbers.count(look.step()))
                .collect(Collectors.joining("; "));
        String kind = verdict.isFailure() ? "bad" : verdict == Verdict.HEALTHY ? "good" : "open";
        String sign = verdict.isFailure() ? "!" : verdict == Verdict.HEALTHY ? "✓" : "…";
        return new VerdictWords(verdict.words(), kind, sign, "after step " + Numbers.count(last.step()), last.evidence(),
                verdict.cause(), verdict.advice(), changes);
    }

    private static SkippedRow skipped(SkippedStep step) {
        return new SkippedRow(
                Numbers.count(step.step()), Numbers.count(step.epoch()), step.reason(), String.join(", ", step.ids()));
    }

    private static String skippedInAll(int steps) {
        String all = Numbers.count(steps) + (steps == 1 ? " step" : " steps");
        return steps > MOST_SKIPPED ? all + ", the first " + MOST_SKIPPED : all;
    }
}
