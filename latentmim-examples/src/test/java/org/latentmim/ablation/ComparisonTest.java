package org.latentmim.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.Difference.Finding;
import org.latentmim.ablation.RunResult.RunScore;
import org.latentmim.ablation.RunResult.State;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;

class ComparisonTest {

    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    static Suite suite(List<String> variants) {
        return new Suite("dice", "Is one better?", Optional.of("no"), Form.SMOKE, SEEDS, variants.get(0),
                variants.stream().map(name -> new Variant(name, "", null)).toList());
    }

    static RunResult run(long seed, State state, double untrained, double... scores) {
        List<RunScore> named = IntStream.range(0, scores.length)
                .mapToObj(i -> new RunScore("score " + i, "%", scores[i], OptionalDouble.of(untrained), OptionalDouble.empty()))
                .toList();
        return new RunResult(seed, state, state == State.FAILED ? "it broke" : "", named, "healthy", OptionalDouble.of(0.5),
                OptionalDouble.of(12), 16, OptionalDouble.of(60), 5, OptionalDouble.of(100), OptionalDouble.of(2e9),
                OptionalLong.of(1 << 30));
    }

    /**
     * Where all variants are the same but for chance, a table finds a difference in at most 5% of all suites, however many
     * variants, scores and seeds there are and however much seeds share.
     */
    @Test
    void identicalVariantsDifferInAtMostOneTableOfTwenty() {
        Random random = new Random(1);
        for (int variants : new int[] {2, 7, 20}) {
            int wrong = tablesWithADifference(random, variants, 1);
            System.out.println(variants + " variants: " + wrong + " of 1000 tables find a difference");
            assertThat(wrong).as(variants + " variants").isLessThanOrEqualTo(60);
        }
    }

    /** Rows are taken to scatter alike. One that scatters three times as much costs some of the promised 95%. */
    @Test
    void aVariantThatScattersMoreThanOthersMisleadsAtMostOneTableOfTen() {
        Random random = new Random(4);
        for (int variants : new int[] {2, 7, 20}) {
            int wrong = tablesWithADifference(random, variants, 3);
            System.out.println(variants + " variants, one of three times the scatter: " + wrong + " of 1000");
            assertThat(wrong).as(variants + " variants").isLessThanOrEqualTo(100);
        }
    }

    private static int tablesWithADifference(Random random, int variants, double scatterOfTheLast) {
        int wrong = 0;
        for (int table = 0; table < 1000; table++) {
            List<String> names = IntStream.range(0, variants).mapToObj(i -> "variant-" + i).toList();
            double[] shared = random.doubles(SEEDS.size()).map(value -> 10 * value).toArray();
            Map<String, List<RunResult>> runs = new LinkedHashMap<>();
            for (String name : names) {
                double scatter = runs.size() == variants - 1 ? scatterOfTheLast : 1;
                List<RunResult> own = new ArrayList<>();
                for (int i = 0; i < SEEDS.size(); i++) {
                    double first = shared[i] + scatter * random.nextGaussian();
                    own.add(run(SEEDS.get(i), State.FINISHED, 1, first,
                            shared[i] + 0.5 * first + scatter * random.nextGaussian()));
                }
                runs.put(name, own);
            }
            Comparison comparison = Comparison.of(suite(names), runs);
            assertThat(comparison.comparisons()).isEqualTo(2 * (variants - 1));
            wrong += comparison.variants().stream().flatMap(variant -> variant.scores().stream())
                    .map(ScoreResult::finding)
                    .anyMatch(finding -> finding == Finding.ABOVE || finding == Finding.BELOW) ? 1 : 0;
        }
        return wrong;
    }

    @Test
    void findsADifferenceThatIsThere() {
        Random random = new Random(2);
        int found = 0;
        for (int table = 0; table < 100; table++) {
            Map<String, List<RunResult>> runs = Map.of(
                    "base", SEEDS.stream().map(seed -> run(seed, State.FINISHED, 1, random.nextGaussian())).toList(),
                    "other", SEEDS.stream().map(seed -> run(seed, State.FINISHED, 1, 20 + random.nextGaussian())).toList());
            found += Comparison.of(suite(List.of("base", "other")), runs).variants().get(1).scores().get(0).finding()
                    == Finding.ABOVE ? 1 : 0;
        }
        assertThat(found).isEqualTo(100);
    }

    @Test
    void comparesRunsOfTheSameSeedAlone() {
        Map<String, List<RunResult>> runs = Map.of(
                "base", List.of(run(1, State.FINISHED, 5, 10), run(2, State.FAILED, 5, 99), run(3, State.FINISHED, 5, 30)),
                "other", List.of(run(1, State.FINISHED, 5, 11), run(2, State.FINISHED, 5, 500), run(3, State.FINISHED, 5, 33)));
        Comparison comparison = Comparison.of(suite(List.of("base", "other")), runs);
        ScoreResult other = comparison.variants().get(1).scores().get(0);
        assertThat(other.trained().count()).isEqualTo(3);
        assertThat(other.toBase().orElseThrow().pairs()).isEqualTo(2);
        assertThat(other.toBase().orElseThrow().mean()).isEqualTo(2);
        assertThat(comparison.variants().get(0).scores().get(0).trained().mean()).isEqualTo(20);
        assertThat(comparison.variants().get(0).scores().get(0).toBase()).isEmpty();
        assertThat(comparison.variants().get(0).scores().get(0).toUntrained().orElseThrow().mean()).isEqualTo(15);
        assertThat(comparison.variants().get(0).failures()).containsExactly("it broke");
        assertThat(comparison.count(State.FAILED)).isEqualTo(1);
    }

    @Test
    void saysWhichVariantsSeparateAndWhichDoNot() {
        Map<String, List<RunResult>> runs = new LinkedHashMap<>();
        runs.put("base", runs(10, 20, 30));
        runs.put("better", runs(15, 25.1, 34.9));
        runs.put("worse", runs(5, 15.1, 24.9));
        runs.put("same", runs(11, 19, 30));
        runs.put("young", List.of(run(1, State.FINISHED, 5, 10)));
        Comparison comparison = Comparison.of(suite(List.copyOf(runs.keySet())), runs);
        assertThat(comparison.findings()).containsExactly("score 0: above base: better; below base: worse; not to be told from"
                + " base: same; too few seeds to tell: young.");
        assertThat(comparison.method()).isEqualTo("Means and standard deviations over seeds. Differences to base are of runs with"
                + " the same seed. Their intervals are Student's t, with the scatter that is left of all rows once variant and seed"
                + " are taken out, or with that of their own pairs where it is larger; Bonferroni's correction widens them so that"
                + " all 3 hold together with 95%. Differences to the untrained encoder go by their own pairs alone, all 4 together"
                + " with 95% as well. A difference separates if its interval leaves out 0.");
    }

    private static List<RunResult> runs(double... scores) {
        return LongStream.rangeClosed(1, scores.length)
                .mapToObj(seed -> run(seed, State.FINISHED, 5, scores[(int) seed - 1])).toList();
    }

    @Test
    void writesARowForEachVariantAndScore() {
        Map<String, List<RunResult>> runs = Map.of("base", runs(10, 20, 30), "other", List.of(run(1, State.FAILED, 5)));
        assertThat(ComparisonFiles.csv(Comparison.of(suite(List.of("base", "other")), runs))).isEqualTo("""
                variant,score,unit,seeds,mean,deviation,difference,low,high,finding,gain,gain-low,gain-high,verdict,seconds,\
                evaluation-seconds,images-per-second,operations-per-step,peak-memory,failure
                base,score 0,%,3,20.0000,10.0000,,,,,15.0000,-9.84138,39.8414,healthy,60.0000,5.00000,\
                100.000,2.00000e+09,1.07374e+09,
                other,,,0,,,,,,,,,,,,,,,,it broke
                """);
    }

    @Test
    void asMarkdownItHasARowForEachVariantThatHasRunAndWhatSeparatesStandsOut() {
        Map<String, List<RunResult>> runs = Map.of("base", runs(10, 20, 30), "better", runs(15, 25.1, 34.9),
                "waiting", List.of(run(1, State.WAITING, 5)));
        String[] lines = ComparisonMarkdown.of(comparison(runs, "base", "better", "waiting")).split("\n");
        assertThat(lines).startsWith("|  |  | seeds | score 0 | to base | to untrained | health |",
                "| --- | --- | --- | --- | --- | --- | --- |",
                "| `base` |  | 3 | 20.00 ± 10.00 % |  | +15.00 (-20.83 to +50.83) | healthy |",
                "| `better` |  | 3 | 25.00 ± 9.95 % | **+5.00** (+4.75 to +5.25) | +20.00 (-15.65 to +55.65) | healthy |", "",
                "- score 0: above base: better.", "");
    }

    private static Comparison comparison(Map<String, List<RunResult>> runs, String... variants) {
        return Comparison.of(suite(List.of(variants)), runs);
    }
}
