package org.latentmim.health;

import java.util.Locale;
import java.util.Map;

/**
 * What one look came to.
 *
 * @param step steps done
 * @param verdict in a word
 * @param since the step of the first look in a row that gave this verdict
 * @param words the verdict with what it rests on, and, where something is the matter, the likely cause and what to change
 * @param measured all numbers, by name
 */
public record Diagnosis(long step, Verdict verdict, long since, String words, Map<String, Double> measured) {

    static Diagnosis of(long step, Verdict verdict, long since, Map<String, Double> measured) {
        String words = String.format(Locale.ROOT,
                "%s (similarity %.2f within and %.2f across images, effective rank %.0f, place %.0f%% of the variance)",
                verdict.words(), measured.get("similarity/within"), measured.get("similarity/across"),
                measured.get("effective-rank"), 100 * measured.get("variance/place"));
        return new Diagnosis(step, verdict, since,
                words + (verdict.isFailure() ? ": " + verdict.cause() + ". To try: " + verdict.advice() + "." : "."), measured);
    }

    double loss() {
        return measured.get("loss");
    }
}
