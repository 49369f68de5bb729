package org.latentmim.spi;

/**
 * Two points on the scale of a loss, without its weight.
 *
 * @param chance the loss of a prediction that tells nothing apart
 * @param orthogonal the loss of a prediction that equals its target, where different targets are orthogonal
 */
public record LossBars(double chance, double orthogonal) {

    /** Returns how far a loss has come from chance, 0, to the orthogonal bar, 1; it may lie outside. */
    public double share(double loss) {
        return (chance - loss) / (chance - orthogonal);
    }
}
