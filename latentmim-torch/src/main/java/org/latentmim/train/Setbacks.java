package org.latentmim.train;

/**
 * What went wrong in a training so far. Immutable.
 *
 * @param skipped steps that were skipped, with those that were undone by a return
 * @param inARow how many of them were the last steps
 * @param returns how often the training went back to a checkpoint
 * @param slowDown by which the learning rate is multiplied since the last return
 */
public record Setbacks(long skipped, int inARow, int returns, double slowDown) {

    /** All went well. */
    public static final Setbacks NONE = new Setbacks(0, 0, 0, 1);

    Setbacks afterAGoodStep() {
        return new Setbacks(skipped, 0, returns, slowDown);
    }

    Setbacks afterASkippedStep() {
        return new Setbacks(skipped + 1, inARow + 1, returns, slowDown);
    }

    Setbacks afterAReturn(double slowDown) {
        return new Setbacks(skipped, 0, returns + 1, this.slowDown * slowDown);
    }
}
