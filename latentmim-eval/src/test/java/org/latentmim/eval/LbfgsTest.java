package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.ones;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class LbfgsTest {

    private static final TensorOptions PRECISE = new TensorOptions(ScalarType.Double);

    @Test
    void findsTheBottomOfALongNarrowBowl() {
        try (PointerScope scope = new PointerScope()) {
            // Curvatures from 1 to a thousand; the bottom is at 1, 2, ..., 40.
            Tensor bottom = arange(new Scalar(1), new Scalar(41), PRECISE);
            Tensor curvature = arange(new Scalar(0), new Scalar(40), PRECISE).mul(new Scalar(3 / 39.0 * Math.log(10))).exp();
            Tensor point = ones(new long[] {40}, PRECISE);
            int steps = new Lbfgs(1e-7, 1000).minimise((at, gradient) -> {
                gradient.copy_(at.sub(bottom).mul(curvature));
                return 0.5 * at.sub(bottom).square().mul(curvature).sum().item_double();
            }, point);
            assertThat(steps).isBetween(2, 300);
            assertThat(point.sub(bottom).abs().max().item_double()).isLessThan(1e-6);
        }
    }

    @Test
    void findsTheBottomOfTheValleyOfRosenbrock() {
        try (PointerScope scope = new PointerScope()) {
            Tensor point = ones(new long[] {2}, PRECISE).mul_(new Scalar(-1.2));
            new Lbfgs(1e-9, 500).minimise((at, gradient) -> {
                double[] x = new double[2];
                at.data_ptr_double().get(x);
                double bend = x[1] - x[0] * x[0];
                gradient.data_ptr_double().put(-400 * x[0] * bend - 2 * (1 - x[0]), 200 * bend);
                return 100 * bend * bend + (1 - x[0]) * (1 - x[0]);
            }, point);
            assertThat(point.sub(ones(new long[] {2}, PRECISE)).abs().max().item_double()).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void endsWhereRoundingHidesEveryFall() {
        try (PointerScope scope = new PointerScope()) {
            Tensor point = ones(3);
            int steps = new Lbfgs(0, 10_000).minimise((at, gradient) -> {
                gradient.copy_(at.sub(new Scalar(0.1)));
                return 1000 + 0.5 * at.sub(new Scalar(0.1)).square().sum().item_double();
            }, point);
            assertThat(steps).isLessThan(100);
            assertThat(point.sub(new Scalar(0.1)).abs().max().item_double()).isLessThan(1e-3);
        }
    }

    @Test
    void stopsAfterSoManySteps() {
        try (PointerScope scope = new PointerScope()) {
            Tensor point = ones(new long[] {1}, PRECISE).mul_(new Scalar(0.7));
            assertThat(new Lbfgs(0, 3).minimise((at, gradient) -> {
                gradient.copy_(at.pow(new Scalar(3)).mul_(new Scalar(4)));
                return at.pow(new Scalar(4)).sum().item_double();
            }, point)).isEqualTo(3);
        }
    }

    @Test
    void leavesNothingBehind() {
        try (PointerScope scope = new PointerScope()) {
            Tensor point = ones(new long[] {5}, PRECISE);
            long before = Pointer.totalCount();
            new Lbfgs(1e-9, 50).minimise((at, gradient) -> {
                try (PointerScope inner = new PointerScope()) {
                    gradient.copy_(at);
                    return 0.5 * at.square().sum().item_double();
                }
            }, point);
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }
}
