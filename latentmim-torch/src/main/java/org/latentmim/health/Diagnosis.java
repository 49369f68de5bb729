package org.latentmim.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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

    /** Copies the numbers. */
    public Diagnosis {
        Objects.requireNonNull(verdict, "verdict");
        measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
    }

    static Diagnosis of(long step, Verdict verdict, long since, Map<String, Double> measured) {
        String words = verdict.words() + " (" + evidence(measured) + ")"
                + (verdict.isFailure() ? ": " + verdict.cause() + ". To try: " + verdict.advice() + "." : ".");
        return new Diagnosis(step, verdict, since, words, measured);
    }

    /** Returns what the verdict rests on. */
    public String evidence() {
        return evidence(measured);
    }

    private static String evidence(Map<String, Double> measured) {
        return String.format(Locale.ROOT,
                "similarity %.2f within and %.2f across images, effective rank %.0f, place %.0f%% of the variance",
                measured.get("similarity/within"), measured.get("similarity/across"), measured.get("effective-rank"),
                100 * measured.get("variance/place"));
    }

    double loss() {
        return measured.get("loss");
    }
}
