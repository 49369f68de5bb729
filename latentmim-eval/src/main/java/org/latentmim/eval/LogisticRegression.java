package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * Multinomial logistic regression: minimises the sum of the cross entropies times {@code c}, plus half the squared norm of the
 * weights; biases are free. The problem is convex, and its gradient at the end is zero. Computes in the type of the features,
 * best 64 bits, where they are; logits are held for some thousand images at a time.
 */
public final class LogisticRegression {

    private static final double TOLERANCE = 1e-6;
    private static final int STEPS = 1000;
    private static final long BLOCK = 1L << 13;

    private final Lbfgs solver;
    private final int classes;
    private final long width;
    private final Tensor point;

    /** Begins with zeros, in the caller's scope, of the type and place of the features {@code [n, D]}. */
    LogisticRegression(Tensor features, int classes) {
        this(features, classes, STEPS);
    }

    /** Ends each fit after so many steps, if the gradient is not zero before. */
    public LogisticRegression(Tensor features, int classes, int steps) {
        this.solver = new Lbfgs(TOLERANCE, steps);
        this.classes = classes;
        this.width = features.size(1);
        this.point = zeros(new long[] {classes * (width + 1)}, features.options());
    }

    /**
     * Goes from the last solution to that of a problem, and returns how many steps that took.
     *
     * @param features {@code [n, D]}
     * @param labels {@code [n]}, 64-bit integers from 0 to {@code classes - 1}
     * @param c more than 0; the larger, the less the weights are held back
     */
    public int fit(Tensor features, Tensor labels, double c) {
        double hold = 1 / (c * features.size(0));
        try (PointerScope scope = new PointerScope()) {
            return solver.minimise(objective(features, labels, hold), unbend(features, hold), point);
        }
    }

    /** With few images the bound would cost more than the steps that it saves. */
    private UnaryOperator<Tensor> unbend(Tensor features, double hold) {
        return features.size(0) < width
                ? UnaryOperator.identity()
                : new CurvatureBound(features, classes, hold, BLOCK)::unbend;
    }

    private Lbfgs.Objective objective(Tensor features, Tensor labels, double hold) {
        double images = features.size(0);
        return (at, gradient) -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor weight = weight(at);
                gradient.zero_();
                weight(gradient).add_(weight, new Scalar(hold));
                double loss = 0;
                for (long start = 0; start < features.size(0); start += BLOCK) {
                    loss += addGradient(at, gradient, features, labels, start) / images;
                }
                return loss + hold / 2 * weight.square().sum().item_double();
            }
        };
    }

    /** Adds the gradient of the mean of some images, and returns the sum of their losses. */
    private double addGradient(Tensor at, Tensor gradient, Tensor features, Tensor labels, long start) {
        long size = Math.min(BLOCK, features.size(0) - start);
        try (PointerScope block = new PointerScope()) {
            Tensor shown = features.narrow(0, start, size);
            Tensor logits = logits(at, shown).unsqueeze(2);
            Tensor own = labels.narrow(0, start, size);
            Tensor residual = SoftmaxLoss.gradient(logits, own).squeeze(2).div_(new Scalar((double) features.size(0)));
            weight(gradient).addmm_(residual.t(), shown);
            bias(gradient).add_(residual.sum(0));
            return SoftmaxLoss.sum(logits, own).item_double();
        }
    }

    /** Returns the class of each row of {@code [m, D]}, {@code [m]}. */
    public Tensor named(Tensor features) {
        return logits(point, features).argmax(new LongOptional(1), false);
    }

    /** Returns {@code [C, D]}; a view. */
    Tensor weight() {
        return weight(point);
    }

    /** Returns {@code [C]}; a view. */
    Tensor bias() {
        return bias(point);
    }

    private Tensor logits(Tensor at, Tensor features) {
        return linear(features, weight(at), new TensorOptional(bias(at)));
    }

    private Tensor weight(Tensor at) {
        return at.narrow(0, 0, classes * width).view(classes, width);
    }

    private Tensor bias(Tensor at) {
        return at.narrow(0, classes * width, classes);
    }
}
