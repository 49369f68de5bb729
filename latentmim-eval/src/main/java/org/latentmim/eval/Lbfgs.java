package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal 1980) with the line search of Lewis and Overton: a step is doubled or the
 * interval halved until it falls enough and the slope has flattened enough. Takes memory for some 25 points.
 *
 * @param tolerance ends where no number of the gradient is larger
 * @param most steps
 */
record Lbfgs(double tolerance, int most) {

    private static final int HISTORY = 10;
    private static final int TRIALS = 40;
    private static final double ENOUGH_FALL = 1e-4;
    private static final double ENOUGH_FLATTENING = 0.9;

    /** A function of a point with its gradient. */
    @FunctionalInterface
    interface Objective {

        /**
         * Returns the value.
         *
         * @param point {@code [P]}, which must not be changed
         * @param gradient {@code [P]}, to be overwritten
         */
        double at(Tensor point, Tensor gradient);
    }

    /** Moves a point {@code [P]} to the minimum, in place, and returns how many steps that took. */
    int minimise(Objective objective, Tensor point) {
        return minimise(objective, UnaryOperator.identity(), point);
    }

    /**
     * Does the same with what is known of the curvature.
     *
     * @param unbend multiplies a tensor {@code [P]} by something near the inverse of the Hessian, symmetric and positive definite
     */
    int minimise(Objective objective, UnaryOperator<Tensor> unbend, Tensor point) {
        try (PointerScope scope = new PointerScope()) {
            return new Descent(objective, unbend, point).go();
        }
    }

    /** One minimisation. */
    private final class Descent {

        private final Objective objective;
        private final UnaryOperator<Tensor> unbend;
        private final Tensor point;
        private final Tensor gradient;
        private final Tensor next;
        private final Tensor nextGradient;
        private final Tensor direction;
        private final Tensor moves;
        private final Tensor changes;
        private final double[] curvatures = new double[HISTORY];
        private final double rounding;
        private int pairs;

        Descent(Objective objective, UnaryOperator<Tensor> unbend, Tensor point) {
            this.objective = objective;
            this.unbend = unbend;
            this.point = point;
            this.gradient = zeros_like(point);
            this.next = zeros_like(point);
            this.nextGradient = zeros_like(point);
            this.direction = zeros_like(point);
            this.moves = zeros(new long[] {HISTORY, point.numel()}, point.options());
            this.changes = zeros_like(moves);
            this.rounding = point.scalar_type().intern() == ScalarType.Double ? Math.ulp(1.0) : Math.ulp(1.0f);
        }

        int go() {
            double value = objective.at(point, gradient);
            for (int step = 0; step < most; step++) {
                try (PointerScope scope = new PointerScope()) {
                    if (gradient.abs().max().item_double() <= tolerance) {
                        return step;
                    }
                    findDirection();
                    double first = pairs == 0 ? Math.min(1, 1 / direction.abs().sum().item_double()) : 1;
                    double reached = search(value, first);
                    if (Double.isNaN(reached)) {
                        return step; // no step falls any more in this precision
                    }
                    remember();
                    value = reached;
                }
            }
            return most;
        }

        /** Makes of the gradient the direction in which to go, by the last moves and what they changed in it. */
        private void findDirection() {
            direction.copy_(gradient).neg_();
            int oldest = Math.max(0, pairs - HISTORY);
            double[] shares = new double[HISTORY];
            for (int i = pairs - 1; i >= oldest; i--) {
                int at = i % HISTORY;
                shares[at] = dot(moves.select(0, at), direction) / curvatures[at];
                direction.sub_(changes.select(0, at), new Scalar(shares[at]));
            }
            direction.copy_(unbend.apply(direction));
            if (pairs > 0) {
                Tensor change = changes.select(0, (pairs - 1) % HISTORY);
                direction.mul_(new Scalar(curvatures[(pairs - 1) % HISTORY] / dot(change, unbend.apply(change))));
            }
            for (int i = oldest; i < pairs; i++) {
                int at = i % HISTORY;
                double share = dot(changes.select(0, at), direction) / curvatures[at];
                direction.add_(moves.select(0, at), new Scalar(shares[at] - share));
            }
        }

        /** Finds the next point and returns its value, or NaN if there is none. */
        private double search(double value, double first) {
            double slope = dot(gradient, direction);
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            double length = first;
            for (int trial = 0; trial < TRIALS; trial++) {
                next.copy_(point).add_(direction, new Scalar(length));
                double reached = objective.at(next, nextGradient);
                if (!(reached <= value + ENOUGH_FALL * length * slope + rounding * Math.abs(value))) {
                    high = length;
                } else if (dot(nextGradient, direction) < ENOUGH_FLATTENING * slope) {
                    low = length;
                } else {
                    return reached;
                }
                length = Double.isInfinite(high) ? 2 * length : (low + high) / 2;
            }
            return Double.NaN;
        }

        private void remember() {
            int at = pairs % HISTORY;
            moves.select(0, at).copy_(next).sub_(point);
            changes.select(0, at).copy_(nextGradient).sub_(gradient);
            curvatures[at] = dot(moves.select(0, at), changes.select(0, at));
            if (curvatures[at] > 0) {
                pairs++;
            }
            point.copy_(next);
            gradient.copy_(nextGradient);
        }

        private static double dot(Tensor a, Tensor b) {
            return a.dot(b).item_double();
        }
    }
}
