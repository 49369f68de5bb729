package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.linalg_eigvalsh;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How fast the variances of features fall from direction to direction: alpha-ReQ (Agrawal and others, 2022). */
final class SpectrumSlope {

    static final String PROTOCOL =
            "how fast the eigenvalues of the covariance fall: minus the slope of their logarithm against that of their rank,"
                    + " ranks 11 to 100, each weighing 1 / rank; about 1 is healthy";

    private static final int FIRST = 11;
    private static final int LAST = 100;
    private static final double SMALLEST = 1e-10; // of the largest: what lies below is rounding

    private SpectrumSlope() {}

    /**
     * Returns minus the slope; empty where there are fewer than two such directions.
     *
     * @param features {@code [n, D]}
     */
    static OptionalDouble of(Tensor features) {
        double[] rising = eigenvalues(features);
        double least = SMALLEST * rising[rising.length - 1];
        int above = (int) Arrays.stream(rising).filter(value -> value > least).count();
        int[] ranks = IntStream.rangeClosed(FIRST, Math.min(LAST, above)).toArray();
        if (ranks.length < 2) {
            return OptionalDouble.empty();
        }
        double weights = Arrays.stream(ranks).mapToDouble(rank -> 1.0 / rank).sum();
        double middle = Arrays.stream(ranks).mapToDouble(rank -> Math.log(rank) / rank).sum() / weights;
        double product = 0;
        double square = 0;
        for (int rank : ranks) {
            double x = Math.log(rank) - middle;
            product += x * Math.log(rising[rising.length - rank]) / rank;
            square += x * x / rank;
        }
        return OptionalDouble.of(-product / square);
    }

    /** Those of the smaller matrix of products, which are the covariance's times the number of features. */
    private static double[] eigenvalues(Tensor features) {
        Tensor centred = features.sub(features.mean(new long[] {0}, true, null));
        Tensor products = features.size(0) < features.size(1) ? centred.matmul(centred.t()) : centred.t().matmul(centred);
        Tensor rising = linalg_eigvalsh(products).to(ScalarType.Double).contiguous();
        double[] values = new double[(int) rising.numel()];
        rising.data_ptr_double().get(values);
        return values;
    }
}
