package org.latentmim.eval;

import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Shifts and scales features so that those learned from have mean 0 and deviation 1 in every number.
 *
 * @param mean {@code [D]}
 * @param scale {@code [D]}, one over the deviation
 */
public record Standardization(Tensor mean, Tensor scale) {

    private static final double EPSILON = 1e-6;
    private static final long BLOCK = 1L << 14;

    /**
     * Measures some rows of features.
     *
     * @param features {@code [n, D]}
     * @param rows {@code [m]}, where the features are
     */
    public static Standardization of(Tensor features, Tensor rows) {
        Tensor mean = features.narrow(0, 0, 1).squeeze(0).clone().zero_();
        Tensor variance = mean.clone();
        double images = rows.size(0);
        blocks(rows, block -> mean.add_(features.index_select(0, block).sum(0)));
        mean.div_(new Scalar(images));
        blocks(rows, block -> variance.add_(features.index_select(0, block).sub_(mean).square_().sum(0)));
        return new Standardization(mean, variance.div_(new Scalar(images)).add_(new Scalar(EPSILON)).rsqrt_());
    }

    /** Returns other rows, scaled alike. */
    public Tensor of(Tensor features) {
        return features.sub(mean).mul_(scale);
    }

    private static void blocks(Tensor rows, Consumer<Tensor> work) {
        for (long start = 0; start < rows.size(0); start += BLOCK) {
            try (PointerScope block = new PointerScope()) {
                work.accept(rows.narrow(0, start, Math.min(BLOCK, rows.size(0) - start)));
            }
        }
    }
}
