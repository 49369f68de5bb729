package org.latentmim.bench;

/**
 * A growth {@code y = factor x^exponent}.
 *
 * @param exponent 1 if y grows as x does, 2 if it grows as its square
 * @param factor y where x is 1
 */
public record PowerLaw(double exponent, double factor) {

    /**
     * Fits by least squares of the logarithms.
     *
     * @param xs more than 0, at least two that differ
     * @param ys more than 0
     */
    public static PowerLaw fit(double[] xs, double[] ys) {
        double meanX = meanLog(xs);
        double meanY = meanLog(ys);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < xs.length; i++) {
            double x = Math.log(xs[i]) - meanX;
            covariance += x * (Math.log(ys[i]) - meanY);
            variance += x * x;
        }
        if (!(variance > 0)) {
            throw new IllegalArgumentException("a growth needs at least two different sizes");
        }
        double exponent = covariance / variance;
        return new PowerLaw(exponent, Math.exp(meanY - exponent * meanX));
    }

    private static double meanLog(double[] values) {
        double sum = 0;
        for (double value : values) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("a growth has numbers above 0, but there is " + value);
            }
            sum += Math.log(value);
        }
        return sum / values.length;
    }
}
