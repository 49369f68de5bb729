package org.latentmim.health;

import java.util.Optional;

/**
 * Comes from numbers to a verdict. The thresholds lie between what was measured of runs of 240 steps on Fashion-MNIST (the
 * quickstart, two blocks wide 64) that learn and of those that fail on purpose, looked at every 24 steps:
 * <pre>
 *                                                    learns           fails
 * similarity across images   momentum, any loss    0.48 to 0.73
 *                            stop-gradient, l2     0.51 to 0.90     shared, l2                    0.95 to 0.97
 * variance of the place                            0.16 to 0.36     shared, patch-discrimination  0.79 to 0.93
 * variance of the image                            0.14 to 0.45
 * share of the way from chance                     0.17 to 0.35     rate 1e-9 or 3                -0.01 to 0.04
 * update of the encoder in a step                  0.0003 to 0.002  rate 3                        0.013 to 0.033
 * </pre>
 *
 * @param peakRate the highest learning rate of the run
 * @param steps of the run
 */
record Judge(double peakRate, long steps) {

    private static final double ALIKE = 0.95;
    private static final double ALL_OF_IT = 0.7;
    private static final double GUESS = 0.02;
    private static final double LARGE_STEP = 0.01; // usual for the first steps of large batches: alone it is no failure
    private static final double REPLACED = 0.1;
    private static final double REACH = 0.01;
    private static final double ABOVE_BEGIN = 100;
    private static final double EARLY = 0.1;
    private static final long EARLIEST_BEGIN = 20;
    private static final long LATEST_BEGIN = 1000;

    /**
     * Judges.
     *
     * @param step steps done
     * @param before what was seen before
     */
    Verdict of(Vitals vitals, long step, HealthRecord before) {
        boolean early = step < Math.max(EARLIEST_BEGIN, Math.min(LATEST_BEGIN, EARLY * steps));
        if (isDiverging(vitals, early, before)) {
            return Verdict.DIVERGING;
        }
        Verdict verdict = early ? Verdict.TOO_EARLY_TO_SAY : settled(vitals);
        // Where large steps led a run astray, gradients vanish soon: what is left looks like another failure.
        return verdict.isFailure() && before.last().filter(last -> last.verdict() == Verdict.DIVERGING).isPresent()
                ? Verdict.DIVERGING
                : verdict;
    }

    private Verdict settled(Vitals vitals) {
        if (vitals.similarity().across() > ALIKE) {
            return Verdict.COLLAPSING_ACROSS_IMAGES;
        }
        if (vitals.shares().image() > ALL_OF_IT) {
            return Verdict.COLLAPSING_WITHIN_IMAGES;
        }
        if (vitals.shares().place() > ALL_OF_IT) {
            return Verdict.POSITION_CODE;
        }
        return isGuess(vitals) || isStill(vitals) ? Verdict.NOT_MOVING : Verdict.HEALTHY;
    }

    private static boolean isDiverging(Vitals vitals, boolean early, HealthRecord before) {
        double update = encoder(vitals).map(norms -> vitals.rate() * norms.update()).orElse(0.0);
        return !vitals.areFinite()
                || update > REPLACED
                || !early && update > LARGE_STEP && isGuess(vitals)
                || before.begin().isPresent() && before.begin().getAsDouble() > 0
                        && vitals.loss() > ABOVE_BEGIN * before.begin().getAsDouble();
    }

    private static boolean isGuess(Vitals vitals) {
        return vitals.learned().filter(share -> share < GUESS).isPresent();
    }

    /** Whether all steps of the run, each like the last but at the highest rate and all in one direction, would lead nowhere. */
    private boolean isStill(Vitals vitals) {
        return encoder(vitals).filter(norms -> peakRate * norms.update() * steps < REACH).isPresent();
    }

    private static Optional<StepNorms> encoder(Vitals vitals) {
        return Optional.ofNullable(vitals.norms().get("encoder"));
    }
}
