package org.latentmim.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.latentmim.report.RecipeDifference;
import org.latentmim.report.Representations;
import org.latentmim.report.RunRecord;

/** The page that shows what came of one run or of several: how they learned, what they reached and what sets them apart. */
public final class ReportPage {

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

    private record DifferenceRow(String key, List<String> values) {}

    private Content content(String command) {
        Curves curves = new Curves(runs);
        List<LineChart> shown = curves.shown();
        List<LineChart> more = curves.more();
        List<ScoreBoard> boards = ScoreBoard.of(runs);
        List<RunWords> words = IntStream.range(0, runs.size()).mapToObj(i -> RunWords.of(runs.get(i), badge(i))).toList();
        List<DifferenceRow> differences = RecipeDifference.between(runs).stream()
                .map(difference -> new DifferenceRow(difference.key(),
                        difference.values().stream().map(value -> value.isEmpty() ? "–" : value).toList()))
                .toList();
        List<Gallery> galleries = Gallery.of(runs);
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
        RunWords.headline(run).ifPresent(judged -> facts.add(new Fact(Representations.name(judged.representation()),
                words.score(), judged.evaluator() + ": " + judged.score().name())));
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
}
