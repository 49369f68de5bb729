package org.latentmim.ablation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.RunResult.RunScore;

/**
 * One score of all finished runs of a suite.
 *
 * @param name of evaluator and score
 * @param trained by variant and seed
 * @param untrained what the encoder of the same run had before training, by variant and seed
 * @param chance what a trained score owes to chance
 */
record ScoreRows(String name, String unit, Map<String, Map<Long, Double>> trained, Map<String, Map<Long, Double>> untrained,
        Chance chance) {

    /** Returns a table for each score that any run has, in the order in which they first come. */
    static List<ScoreRows> of(List<String> variants, Map<String, List<RunResult>> runs) {
        Map<String, String> units = new LinkedHashMap<>();
        Map<String, Map<String, Map<Long, Double>>> trained = new LinkedHashMap<>();
        Map<String, Map<String, Map<Long, Double>>> untrained = new LinkedHashMap<>();
        for (String variant : variants) {
            for (RunResult run : runs.getOrDefault(variant, List.of())) {
                for (RunScore score : run.isFinished() ? run.scores() : List.<RunScore>of()) {
                    units.putIfAbsent(score.name(), score.unit());
                    row(trained, score, variant).put(run.seed(), score.trained());
                    score.untrained().ifPresent(value -> row(untrained, score, variant).put(run.seed(), value));
                }
            }
        }
        return units.keySet().stream()
                .map(name -> new ScoreRows(name, units.get(name), trained.get(name), untrained.getOrDefault(name, Map.of()),
                        Chance.of(trained.get(name).values())))
                .toList();
    }

    private static Map<Long, Double> row(Map<String, Map<String, Map<Long, Double>>> scores, RunScore score, String variant) {
        return scores.computeIfAbsent(score.name(), any -> new LinkedHashMap<>())
                .computeIfAbsent(variant, any -> new LinkedHashMap<>());
    }

    /** Returns how many variants share two seeds with the base. */
    int comparable(String base) {
        return (int) trained.entrySet().stream()
                .filter(row -> !row.getKey().equals(base) && shared(row.getValue(), of(trained, base)) > 1)
                .count();
    }

    /** Returns how many variants can be compared with the untrained encoder. */
    int gains() {
        return (int) trained.entrySet().stream()
                .filter(row -> shared(row.getValue(), of(untrained, row.getKey())) > 1)
                .count();
    }

    private static long shared(Map<Long, Double> ones, Map<Long, Double> others) {
        return ones.keySet().stream().filter(others::containsKey).count();
    }

    private static Map<Long, Double> of(Map<String, Map<Long, Double>> rows, String variant) {
        return rows.getOrDefault(variant, Map.of());
    }

    /** Returns what a variant came to, if any run of it has this score. */
    Optional<ScoreResult> result(String variant, String base, int comparisons, int gains) {
        return Optional.ofNullable(trained.get(variant)).map(row -> new ScoreResult(name, unit,
                Sample.of(row.values().stream().mapToDouble(Double::doubleValue).toArray()),
                variant.equals(base) ? Optional.empty() : difference(row, of(trained, base), chance, comparisons),
                gain(row, of(untrained, variant), gains)));
    }

    /** What seeds do to training they do not do to an encoder without it: other rows tell nothing of the chance of a gain. */
    private static Optional<Difference> gain(Map<Long, Double> row, Map<Long, Double> untrained, int gains) {
        return difference(row, untrained, Chance.of(List.of(row, untrained)), gains);
    }

    private static Optional<Difference> difference(Map<Long, Double> row, Map<Long, Double> other, Chance chance,
            int comparisons) {
        return shared(row, other) == 0 ? Optional.empty() : Optional.of(Difference.between(row, other, chance, comparisons));
    }
}
