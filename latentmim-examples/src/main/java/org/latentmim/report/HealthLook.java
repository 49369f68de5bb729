package org.latentmim.report;

import java.util.Locale;

/**
 * What a run said of its health at one of its looks.
 *
 * @param step steps done
 * @param verdict in capitals, such as {@code POSITION_CODE}
 * @param since the step of the first look in a row that gave this verdict
 * @param words what it rests on and, where something is the matter, the likely cause and what to try
 */
public record HealthLook(long step, String verdict, long since, String words) {

    private static final String CAUSE = "): ";
    private static final String TRY = ". To try: ";

    /** Missing parts are empty. */
    public HealthLook {
        verdict = verdict == null ? "" : verdict;
        words = words == null ? "" : words;
    }

    /** Returns the verdict as one says it. */
    public String inWords() {
        return verdict.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns whether something is the matter. */
    public boolean isFailure() {
        return words.contains(TRY);
    }

    /** Returns whether the run does well. */
    public boolean isHealthy() {
        return verdict.equals("HEALTHY");
    }

    /** Returns whether there was too little to judge. */
    public boolean isTooEarly() {
        return verdict.equals("TOO_EARLY_TO_SAY");
    }

    /** Returns what the verdict rests on. */
    public String evidence() {
        int open = words.indexOf('(');
        int close = words.indexOf(')');
        return open < 0 || close < open ? words : words.substring(open + 1, close);
    }

    /** Returns the likely cause; empty if nothing is the matter. */
    public String cause() {
        int from = words.indexOf(CAUSE);
        return isFailure() && from >= 0 ? words.substring(from + CAUSE.length(), words.indexOf(TRY)) : "";
    }

    /** Returns which keys to turn; empty if nothing is the matter. */
    public String advice() {
        return isFailure() ? words.substring(words.indexOf(TRY) + TRY.length()).replaceFirst("\\.$", "") : "";
    }
}
