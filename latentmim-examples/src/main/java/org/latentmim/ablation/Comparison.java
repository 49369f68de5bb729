package org.latentmim.ablation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.latentmim.ablation.Difference.Finding;
import org.latentmim.ablation.RunResult.RunScore;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.pipeline.Suite;

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
        List<RunResult> base = runs.getOrDefault(suite.base(), List.of());
        List<Pairs> all = suite.variants().stream()
                .flatMap(variant -> Pairs.of(variant.name(), runs.getOrDefault(variant.name(), List.of()), base).stream())
                .toList();
        int comparisons = (int) all.stream()
                .filter(pairs -> !pairs.variant.equals(suite.base()) && pairs.toBase.size() > 1)
                .count();
        int gains = (int) all.stream().filter(pairs -> pairs.toUntrained.size() > 1).count();
        List<VariantResult> variants = suite.variants().stream()
                .map(variant -> new VariantResult(variant.name(), variant.about(),
                        all.stream()
                                .filter(pairs -> pairs.variant.equals(variant.name()))
                                .map(pairs -> pairs.result(suite.base(), Math.max(1, comparisons), Math.max(1, gains)))
                                .toList(),
                        runs.getOrDefault(variant.name(), List.of())))
                .toList();
        return new Comparison(suite.name(), suite.form().word(), suite.question(), suite.claim(), suite.base(),
                comparisons, gains, variants);
    }

    /** All numbers of one score of one variant, with those that they are compared with. */
    private record Pairs(String variant, String name, String unit, double[] trained, List<Pair> toBase, List<Pair> toUntrained) {

        private record Pair(double one, double other) {}

        private static List<Pairs> of(String variant, List<RunResult> runs, List<RunResult> base) {
            List<RunResult> finished = runs.stream().filter(RunResult::isFinished).toList();
            List<RunScore> names = finished.stream().flatMap(run -> run.scores().stream())
                    .filter(distinct(RunScore::name)).toList();
            return names.stream().map(score -> of(variant, score, finished, base)).toList();
        }

        private static Pairs of(String variant, RunScore score, List<RunResult> runs, List<RunResult> base) {
            List<Pair> toBase = new ArrayList<>();
            List<Pair> toUntrained = new ArrayList<>();
            for (RunResult run : runs) {
                RunScore own = find(run, score.name());
                if (own == null) {
                    continue;
                }
                base.stream()
                        .filter(other -> other.isFinished() && other.seed() == run.seed())
                        .map(other -> find(other, score.name()))
                        .filter(Objects::nonNull)
                        .forEach(other -> toBase.add(new Pair(own.trained(), other.trained())));
                own.untrained().ifPresent(untrained -> toUntrained.add(new Pair(own.trained(), untrained)));
            }
            double[] trained = runs.stream().map(run -> find(run, score.name())).filter(Objects::nonNull)
                    .mapToDouble(RunScore::trained).toArray();
            return new Pairs(variant, score.name(), score.unit(), trained, toBase, toUntrained);
        }

        private static RunScore find(RunResult run, String name) {
            return run.scores().stream().filter(score -> score.name().equals(name)).findFirst().orElse(null);
        }

        private static Predicate<RunScore> distinct(Function<RunScore, String> key) {
            Set<String> seen = new HashSet<>();
            return score -> seen.add(key.apply(score));
        }

        private ScoreResult result(String base, int comparisons, int gains) {
            return new ScoreResult(name, unit, Sample.of(trained),
                    variant.equals(base) ? Optional.empty() : difference(toBase, comparisons), difference(toUntrained, gains));
        }

        private static Optional<Difference> difference(List<Pair> pairs, int comparisons) {
            return pairs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Difference.paired(numbers(pairs, Pair::one), numbers(pairs, Pair::other), comparisons));
        }

        private static double[] numbers(List<Pair> pairs, ToDoubleFunction<Pair> which) {
            return pairs.stream().mapToDouble(which).toArray();
        }
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
        return "Means and standard deviations over seeds. Differences to " + base + " are of runs with the same seed; their"
                + " intervals are Student's t, widened by Bonferroni's correction so that all " + comparisons
                + " of them hold together with 95%" + (gains == 0 ? "" : ", and so do the " + gains + " to the untrained encoder")
                + ". A difference separates if its interval leaves out 0.";
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
