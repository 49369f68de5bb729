package org.latentmim.spi;

/**
 * How far a training has come, as schedules and curricula see it. Immutable.
 *
 * @param step optimizer steps done before this one, from 0
 * @param steps optimizer steps of the whole run, at least 1
 * @param epoch passes over the images done so far, with their fraction
 * @param epochs passes of the whole run, more than 0
 * @param imagesPerStep images that make one optimizer step, at least 1
 */
public record Progress(long step, long steps, double epoch, double epochs, int imagesPerStep) {

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public Progress {
        if (step < 0 || steps < 1 || !(epoch >= 0) || !(epochs > 0) || imagesPerStep < 1) {
            throw new IllegalArgumentException(
                    "no such progress: step " + step + " of " + steps + ", epoch " + epoch + " of " + epochs + ", "
                            + imagesPerStep + " images a step");
        }
    }

    /** Returns the share of the run that is done, from 0 to 1, measured in epochs. */
    public double fraction() {
        return Math.min(1, epoch / epochs);
    }
}
