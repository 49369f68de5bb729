package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.cholesky_solve;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.linalg_cholesky;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * More than the objective of a logistic regression is bent anywhere: half the mean outer product of the features with a one behind
 * them, for each class (B&ouml;hning 1992), plus what the penalty adds. To go by it makes correlated features cost no steps.
 */
final class CurvatureBound {

    private static final double ROUNDING = 1e-6;

    private final Tensor root;
    private final int classes;
    private final long width;

    /**
     * Reads the features {@code [n, D]} in blocks.
     *
     * @param hold the penalty's weight
     */
    CurvatureBound(Tensor features, int classes, double hold, long block) {
        this.classes = classes;
        this.width = features.size(1);
        Tensor products = zeros(new long[] {width + 1, width + 1}, features.options()).to(ScalarType.Double);
        for (long start = 0; start < features.size(0); start += block) {
            try (PointerScope scope = new PointerScope()) {
                Tensor some = features.narrow(0, start, Math.min(block, features.size(0) - start));
                Tensor withOne = cat(new TensorVector(some, ones(new long[] {some.size(0), 1}, some.options())), 1);
                products.add_(withOne.t().mm(withOne));
            }
        }
        products.mul_(new Scalar(0.5 / features.size(0)));
        double least = hold + ROUNDING * products.diagonal().mean().item_double();
        this.root = linalg_cholesky(products.add_(eye(width + 1, products.options()).mul_(new Scalar(least))));
    }

    /** Multiplies weights {@code [C * D]} with biases {@code [C]} behind them by the inverse. */
    Tensor unbend(Tensor point) {
        Tensor weights = point.narrow(0, 0, classes * width).view(classes, width).t();
        Tensor biases = point.narrow(0, classes * width, classes).unsqueeze(0);
        Tensor both = cholesky_solve(cat(new TensorVector(weights, biases), 0).to(ScalarType.Double), root, false);
        return cat(new TensorVector(both.narrow(0, 0, width).t().flatten(), both.select(0, width)), 0).to(point.scalar_type());
    }
}
