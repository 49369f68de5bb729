package org.latentmim.ablation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latentmim.ablation.Difference.Finding;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Variant;

/**
 * The table of a suite: what each variant came to, and how far that is from the base. All differences of a table to the base hold
 * together at 95%, and so do all differences to the untrained encoder, by Bonferroni's correction.
 *
 * @param suite its name
 * @param form its size
 * @param question what it asks
 * @param claim what is believed
 * @param base the variant that the others are compared with
 * @param comparisons how many differences to the base there are
 * @param gains how many differences to the untrained encoder there are
 * @param variants in the order of the suite
 */
public record Comparison(String suite, String form, String question, Optional<String> claim, String base, int comparisons,
        int gains, List<VariantResult> variants) {

    /**
     * What the runs of a variant came to.
     *
     * @param about what it is, in some words
     * @param scores of the finished runs
     * @param runs one for each seed
     */
    public record VariantResult(String name, String about, List<ScoreResult> scores, List<RunResult> runs) {

        /** Returns the finished runs. */
        public List<RunResult> finished() {
            return runs.stream().filter(RunResult::isFinished).toList();
        }

        /** Returns why runs failed, each reason once. */
        public List<String> failures() {
            return runs.stream().filter(run -> run.state() == State.FAILED).map(RunResult::failure).distinct().toList();
        }

        /** Returns the verdicts on the finished runs, each with how many runs got it where they differ. */
        public String verdict() {
            List<String> all = finished().stream().map(RunResult::verdict).filter(verdict -> !verdict.isEmpty()).toList();
            List<String> distinct = all.stream().distinct().toList();
            return distinct.size() < 2
                    ? String.join("", distinct)
                    : String.join(", ", distinct.stream()
                            .map(verdict -> all.stream().filter(verdict::equals).count() + " " + verdict).toList());
        }

        /** Returns the mean of what finished runs tell. */
        public OptionalDouble mean(Function<RunResult, OptionalDouble> number) {
            return finished().stream().map(number).flatMapToDouble(OptionalDouble::stream).average();
        }
    }

    /**
     * One score of a variant over its seeds.
     *
     * @param name of evaluator and score
     * @param toBase nothing for the base itself
     * @param toUntrained nothing if the untrained encoder was not judged
     */
    public record ScoreResult(String name, String unit, Sample trained, Optional<Difference> toBase,
            Optional<Difference> toUntrained) {

        /** Returns what is known of the difference to the base. */
        public Finding finding() {
            return toBase.map(Difference::finding).orElse(Finding.UNKNOWN);
        }
    }

    /** Compares what runs came to. */
    static Comparison of(Suite suite, Map<String, List<RunResult>> runs) {
        List<ScoreRows> scores = ScoreRows.of(suite.variants().stream().map(Variant::name).toList(), runs);
        int comparisons = scores.stream().mapToInt(rows -> rows.comparable(suite.base())).sum();
        int gains = scores.stream().mapToInt(ScoreRows::gains).sum();
        List<VariantResult> variants = suite.variants().stream()
                .map(variant -> new VariantResult(variant.name(), variant.about(),
                        scores.stream()
                                .flatMap(rows -> rows
                                        .result(variant.name(), suite.base(), Math.max(1, comparisons), Math.max(1, gains))
                                        .stream())
                                .toList(),
                        runs.getOrDefault(variant.name(), List.of())))
                .toList();
        return new Comparison(suite.name(), suite.form().word(), suite.question(), suite.claim(), suite.base(),
                comparisons, gains, variants);
    }

    /** Returns the names of all scores, in the order in which they first come. */
    public List<String> scores() {
        return variants.stream().flatMap(variant -> variant.scores().stream()).map(ScoreResult::name).distinct().toList();
    }

    /** Returns one score of all variants that have it. */
    public Stream<Map.Entry<VariantResult, ScoreResult>> of(String score) {
        return variants.stream().flatMap(variant -> variant.scores().stream()
                .filter(result -> result.name().equals(score))
                .map(result -> Map.entry(variant, result)));
    }

    /** Returns how the differences were found, in words. */
    public String method() {
        return "Means and standard deviations over seeds. Differences to " + base + " are of runs with the same seed. Their"
                + " intervals are Student's t, with the scatter that is left of all rows once variant and seed are taken out, or"
                + " with that of their own pairs where it is larger; Bonferroni's correction widens them so that all "
                + comparisons + " hold together with 95%."
                + (gains == 0 ? "" : " Differences to the untrained encoder go by their own pairs alone, all " + gains
                        + " together with 95% as well.")
                + " A difference separates if its interval leaves out 0.";
    }

    /** Returns, for each score, which variants separate from the base and which do not, in words. */
    public List<String> findings() {
        return variants.size() < 2 ? List.of() : scores().stream().map(this::finding).toList();
    }

    /** Returns, for one score, which variants separate from the base and which do not, in words. */
    public String finding(String score) {
        return score + ": " + String.join("; ", Stream.of(
                        names(score, Finding.ABOVE, "above " + base), names(score, Finding.BELOW, "below " + base),
                        names(score, Finding.NOT_SEPARATE, "not to be told from " + base),
                        names(score, Finding.UNKNOWN, "too few seeds to tell"))
                .flatMap(Optional::stream)
                .toList()) + ".";
    }

    private Optional<String> names(String score, Finding finding, String words) {
        List<String> names = of(score)
                .filter(entry -> !entry.getKey().name().equals(base) && entry.getValue().finding() == finding)
                .map(entry -> entry.getKey().name())
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(words + ": " + String.join(", ", names));
    }

    /** Returns how many runs are in a state. */
    public long count(State state) {
        return variants.stream().flatMap(variant -> variant.runs().stream()).filter(run -> run.state() == state).count();
    }
}
