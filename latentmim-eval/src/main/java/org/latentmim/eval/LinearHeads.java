package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Products;

/**
 * Linear classifiers of the same features, side by side, so that one product serves all.
 *
 * @param weight {@code [C * S, D]}: row {@code c * S + s} is class c of classifier s
 * @param bias {@code [C * S]}
 * @param classes C
 */
record LinearHeads(Tensor weight, Tensor bias, int classes) {

    private static final double INITIAL_DEVIATION = 0.01;
    private static final long BLOCK = 4096;

    /** Makes classifiers that begin with the same small weights, drawn by chance. */
    static LinearHeads random(int classes, int heads, long width, long seed, UnaryOperator<Tensor> place) {
        Tensor one = empty(new long[] {classes, 1, width}, new TensorOptions(ScalarType.Float), null)
                .normal_(0, INITIAL_DEVIATION, new GeneratorOptional(torch.make_generator_cpu(seed)));
        return new LinearHeads(place.apply(one.expand(classes, heads, width).reshape((long) classes * heads, width)),
                place.apply(zeros((long) classes * heads)), classes);
    }

    /**
     * Returns a tensor with one row for each row of weights without those of the other classifiers.
     *
     * @param rows {@code [C * S, ...]}
     * @param heads {@code [K]}, which classifiers
     */
    Tensor rowsOf(Tensor rows, Tensor heads) {
        return rows.unflatten(0, new long[] {classes, -1}).index_select(1, heads).flatten(0, 1);
    }

    /** Returns {@code [B, C, S]} of features {@code [B, D]}. */
    Tensor logits(Tensor features) {
        return Products.of(features.unsqueeze(0), weight, new TensorOptional(bias)).view(features.size(0), classes, -1);
    }

    /**
     * Finds the gradient of the mean cross entropy with respect to the logits.
     *
     * @param labels {@code [B]}
     * @return {@code [B, C * S]}
     */
    Tensor residual(Tensor features, Tensor labels) {
        return SoftmaxLoss.gradient(logits(features), labels).div_(new Scalar((double) features.size(0))).flatten(1, 2);
    }

    /**
     * Names the class of each image by each classifier.
     *
     * @param images how many
     * @param features gives those of some images, from the first number, so many
     * @return {@code [n, S]} on the CPU
     */
    Tensor named(long images, Rows features) {
        Tensor named = empty(new long[] {images, weight.size(0) / classes}, new TensorOptions(ScalarType.Long), null);
        for (long start = 0; start < images; start += BLOCK) {
            long size = Math.min(BLOCK, images - start);
            try (PointerScope block = new PointerScope()) {
                named.narrow(0, start, size).copy_(logits(features.of(start, size)).argmax(new LongOptional(1), false));
            }
        }
        return named;
    }

    /** Features of images, a block of rows at a time. */
    @FunctionalInterface
    interface Rows {

        Tensor of(long start, long size);
    }
}
