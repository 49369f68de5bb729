package org.latentmim.spi;

/**
 * A number that moves from one value to another over the run. Immutable.
 *
 * @param from the value at the start
 * @param to the value at the end
 * @param shape the way between them
 */
public record Schedule(double from, double to, Shape shape) {

    /** The way from the first value to the last. */
    public enum Shape {
        /** Stays at the first value. */
        CONSTANT,
        /** A straight line. */
        LINEAR,
        /** Half a cosine: slow, fast, slow. */
        COSINE
    }

    /** Returns half a cosine from one value to the other, the default of Latent MIM. */
    public static Schedule cosine(double from, double to) {
        return new Schedule(from, to, Shape.COSINE);
    }

    /** Returns the value at a point of the run. */
    public double at(Progress progress) {
        return at(progress.fraction());
    }

    /**
     * Returns the value at a share of the run.
     *
     * @param fraction from 0 to 1
     */
    public double at(double fraction) {
        return switch (shape) {
            case CONSTANT -> from;
            case LINEAR -> from + (to - from) * fraction;
            case COSINE -> to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * fraction));
        };
    }
}
