package org.latentmim.bench;

/**
 * What matrix products cost, in operations: a product of {@code [m, k]} and {@code [k, n]} takes {@code 2 m k n}.
 *
 * @param forward to find what the networks say
 * @param backward to find the gradient
 */
public record Flops(double forward, double backward) {

    static final Flops NONE = new Flops(0, 0);

    /** A product of so many pairs of matrices, and of the gradients of those factors that have one. */
    static Flops matrices(long pairs, long rows, long inner, long columns, int gradients) {
        double forward = 2.0 * pairs * rows * inner * columns;
        return new Flops(forward, gradients * forward);
    }

    /**
     * Softmax attention in so many heads of all images together: queries with keys, weights with values. That a fused
     * kernel finds the weights again on the way back is not counted.
     *
     * @param ofQueries 1 if the queries have a gradient, else 0; so have the weights if queries or keys have
     */
    static Flops attention(long heads, long queries, long keys, long width, int ofQueries, int ofKeys, int ofValues) {
        return matrices(heads, queries, width, keys, ofQueries + ofKeys)
                .plus(matrices(heads, queries, keys, width, Math.max(ofQueries, ofKeys) + ofValues));
    }

    Flops plus(Flops more) {
        return new Flops(forward + more.forward, backward + more.backward);
    }

    Flops dividedBy(int parts) {
        return new Flops(forward / parts, backward / parts);
    }

    Flops withoutGradient() {
        return new Flops(forward, 0);
    }

    /** Returns both passes together. */
    public double all() {
        return forward + backward;
    }
}
