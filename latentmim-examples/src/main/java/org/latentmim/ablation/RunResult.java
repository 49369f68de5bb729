package org.latentmim.ablation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.health.Diagnosis;
import org.latentmim.health.HealthRecord;
import org.latentmim.pipeline.ScoreFile;
import org.latentmim.report.RunRecord;
import org.latentmim.train.JudgedScore;

/**
 * What one run came to, from its folder.
 *
 * @param state how far it is
 * @param failure why it failed; empty if it did not
 * @param scores the last ones, in the order in which they were measured
 * @param verdict of its health, in words; empty if it never looked
 * @param similarity mean cosine similarity of patches across images at the last look
 * @param rank effective rank of the latents at the last look
 * @param steps done
 * @param seconds that the steps took, by their pace
 * @param evaluationSeconds that the last scores took
 * @param imagesPerSecond the median
 * @param operations of the matrix products of one step
 * @param peakMemory most bytes of the process
 */
public record RunResult(long seed, State state, String failure, List<RunScore> scores, String verdict,
        OptionalDouble similarity, OptionalDouble rank, long steps, OptionalDouble seconds, double evaluationSeconds,
        OptionalDouble imagesPerSecond, OptionalDouble operations, OptionalLong peakMemory) {

    /** How far a run is. */
    public enum State { WAITING, UNFINISHED, FAILED, FINISHED }

    /**
     * One score of the encoder after training, and of the same encoder before.
     *
     * @param name of evaluator and score
     */
    public record RunScore(String name, String unit, double trained, OptionalDouble untrained, OptionalDouble pixels) {}

    static RunResult read(RunPlace place) {
        Optional<RunNote> note = place.note();
        boolean begun = RunDirectory.isRun(place.folder());
        String failure = note.map(RunNote::failure).orElse("");
        State state = note.filter(RunNote::finished).isPresent() && begun
                ? State.FINISHED
                : !failure.isEmpty() ? State.FAILED : begun ? State.UNFINISHED : State.WAITING;
        OptionalDouble operations = note.map(RunNote::operations).orElse(OptionalDouble.empty());
        OptionalLong peak = note.map(RunNote::peakMemory).orElse(OptionalLong.empty());
        if (!begun) {
            return new RunResult(place.seed(), state, failure, List.of(), "", OptionalDouble.empty(), OptionalDouble.empty(), 0,
                    OptionalDouble.empty(), 0, OptionalDouble.empty(), operations, peak);
        }
        RunDirectory directory = RunDirectory.open(place.folder());
        RunRecord record = RunRecord.read(place.folder());
        List<JudgedScore> judged = ScoreFile.read(directory);
        Optional<Diagnosis> health = directory.readJson("health.json", HealthRecord.class).flatMap(HealthRecord::last);
        return new RunResult(place.seed(), state, failure, scores(judged), health.map(last -> last.verdict().words()).orElse(""),
                measured(health, "similarity/across"), measured(health, "effective-rank"), record.metrics().steps(),
                record.time().stream().mapToDouble(time -> time.toMillis() / 1e3).findFirst(),
                evaluationSeconds(judged), record.metrics().pace(), operations, peak);
    }

    private static OptionalDouble measured(Optional<Diagnosis> health, String name) {
        return health.map(last -> last.measured().get(name)).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static List<RunScore> scores(List<JudgedScore> judged) {
        Map<String, Map<String, JudgedScore>> last = new LinkedHashMap<>();
        for (JudgedScore score : judged) { // later epochs come later
            last.computeIfAbsent(name(score), name -> new LinkedHashMap<>()).put(score.representation(), score);
        }
        return last.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey("trained"))
                .map(entry -> new RunScore(entry.getKey(), entry.getValue().get("trained").score().unit(),
                        entry.getValue().get("trained").score().value(),
                        value(entry.getValue().get("untrained")), value(entry.getValue().get("pixels"))))
                .toList();
    }

    private static String name(JudgedScore score) {
        return (score.on().isEmpty() ? "" : score.on() + ", ") + score.evaluator() + ": " + score.score().name();
    }

    private static OptionalDouble value(JudgedScore score) {
        return score == null ? OptionalDouble.empty() : OptionalDouble.of(score.score().value());
    }

    /** An evaluator that gives several scores took its time once. */
    private static double evaluationSeconds(List<JudgedScore> judged) {
        Map<String, Double> byEvaluator = new LinkedHashMap<>();
        judged.forEach(score -> byEvaluator.put(
                score.representation() + score.epoch() + score.evaluator() + score.on(), score.seconds()));
        return byEvaluator.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the operations of a step, in thousands of millions. */
    public OptionalDouble gigaflop() {
        return operations.stream().map(all -> all / 1e9).findFirst();
    }

    /** Returns the most memory of the process, in MiB. */
    public OptionalDouble mebibytes() {
        return peakMemory.stream().mapToDouble(bytes -> bytes / (double) (1 << 20)).findFirst();
    }

    boolean isFinished() {
        return state == State.FINISHED;
    }
}
