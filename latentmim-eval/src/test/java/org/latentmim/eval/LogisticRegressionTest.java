package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.linalg_qr;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {

    private static final double[] NUMBERS = {-2.0, -1.1, -0.4, 0.3, 0.2, 0.9, 1.7, 3.0};
    private static final long[] SIDES = {0, 0, 1, 0, 1, 1, 0, 1};

    /**
     * With two classes only the difference u of the two weights and v of the two biases count, and the weights are u / 2 and
     * -u / 2: the problem is c * sum(log(1 + exp(-side * (u * x + v)))) + u^2 / 4, which Newton's method solves in two numbers.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 100})
    void findsWhatNewtonsMethodFindsForTwoClasses(double c) {
        double u = 0;
        double v = 0;
        for (int step = 0; step < 50; step++) {
            double[] slope = {u / 2, 0};
            double[][] bend = {{0.5, 0}, {0, 0}};
            for (int i = 0; i < NUMBERS.length; i++) {
                double p = 1 / (1 + Math.exp(-(u * NUMBERS[i] + v)));
                double[] x = {NUMBERS[i], 1};
                for (int row = 0; row < 2; row++) {
                    slope[row] += c * (p - SIDES[i]) * x[row];
                    for (int column = 0; column < 2; column++) {
                        bend[row][column] += c * p * (1 - p) * x[row] * x[column];
                    }
                }
            }
            double determinant = bend[0][0] * bend[1][1] - bend[0][1] * bend[1][0];
            u -= (bend[1][1] * slope[0] - bend[0][1] * slope[1]) / determinant;
            v -= (bend[0][0] * slope[1] - bend[1][0] * slope[0]) / determinant;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor features = AbstractTensor.create(NUMBERS, NUMBERS.length, 1);
            LogisticRegression regression = new LogisticRegression(features, 2);
            regression.fit(features, AbstractTensor.create(SIDES), c);
            double[] weight = doubles(regression.weight());
            double[] bias = doubles(regression.bias());
            assertThat(weight[1] - weight[0]).isCloseTo(u, within(1e-4 * Math.abs(u)));
            assertThat(bias[1] - bias[0]).isCloseTo(v, within(1e-4));
            assertThat(weight[1] + weight[0]).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void endsWhereTheGradientByFiniteDifferencesIsZero() {
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(5);
            int images = 60;
            int width = 4;
            int classes = 3;
            double c = 0.7;
            double[] values = random.doubles((long) images * width, -1, 1).toArray();
            long[] labels = random.ints(images, 0, classes).asLongStream().toArray();
            Tensor features = AbstractTensor.create(values, images, width);
            LogisticRegression regression = new LogisticRegression(features, classes);
            regression.fit(features, AbstractTensor.create(labels), c);
            double[] weight = doubles(regression.weight());
            double[] bias = doubles(regression.bias());
            double step = 1e-5;
            for (int i = 0; i < weight.length; i++) {
                double at = weight[i];
                weight[i] = at + step;
                double above = objective(values, labels, weight, bias, c);
                weight[i] = at - step;
                double below = objective(values, labels, weight, bias, c);
                weight[i] = at;
                assertThat((above - below) / (2 * step)).as("weight " + i).isCloseTo(0, within(1e-4 * images));
            }
            assertThat(objective(values, labels, weight, bias, c))
                    .isLessThan(objective(values, labels, new double[weight.length], new double[classes], c));
        }
    }

    /** The sum of the cross entropies times c, plus half the squared norm of the weights. */
    private static double objective(double[] values, long[] labels, double[] weight, double[] bias, double c) {
        int classes = bias.length;
        int width = weight.length / classes;
        double value = 0;
        for (double w : weight) {
            value += w * w / 2;
        }
        for (int i = 0; i < labels.length; i++) {
            double all = 0;
            double own = 0;
            for (int k = 0; k < classes; k++) {
                double logit = bias[k];
                for (int d = 0; d < width; d++) {
                    logit += weight[k * width + d] * values[i * width + d];
                }
                all += Math.exp(logit);
                own = k == labels[i] ? logit : own;
            }
            value += c * (Math.log(all) - own);
        }
        return value;
    }

    @Test
    void findsTheSameFromAnotherSolutionAndInBlocks() {
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(6);
            int images = 9000; // more than a block
            Tensor features = AbstractTensor.create(random.doubles(images * 3L, -1, 1).toArray(), images, 3);
            Tensor labels = features.select(1, 0).add(features.select(1, 1)).gt(new Scalar(0.2)).to(ScalarType.Long);
            LogisticRegression cold = new LogisticRegression(features, 2);
            int steps = cold.fit(features, labels, 0.01);
            LogisticRegression warm = new LogisticRegression(features, 2);
            warm.fit(features, labels, 0.005);
            assertThat(warm.fit(features, labels, 0.01)).isLessThan(steps);
            assertThat(warm.weight().sub(cold.weight()).abs().max().item_double()).isLessThan(1e-3);
            assertThat(cold.named(features).eq(labels).to(ScalarType.Double).mean().item_double()).isGreaterThan(0.97);
        }
    }

    /** Features that nearly repeat each other make the problem flat in some directions and steep in others. */
    @Test
    void correlatedFeaturesCostFewSteps() {
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(7);
            int images = 2000;
            int width = 24;
            double[] values = new double[images * width];
            long[] labels = new long[images];
            for (int i = 0; i < images; i++) {
                double common = 0;
                for (int d = 0; d < width; d++) {
                    common = 0.95 * common + 0.1 * random.nextGaussian();
                    values[i * width + d] = common;
                }
                labels[i] = Math.floorMod(Math.round(2 * (values[i * width + 3] - values[i * width + 4])
                        + 3 * common + 0.4 * random.nextGaussian()), 3);
            }
            Tensor features = AbstractTensor.create(values, images, width);
            Tensor named = AbstractTensor.create(labels);
            LogisticRegression regression = new LogisticRegression(features, 3);
            assertThat(regression.fit(features, named, 1e4)).isLessThan(20); // 100 without the bound of the curvature
        }
    }

    @Test
    void fewImagesInTheirSpanGiveTheSameLogits() {
        try (PointerScope scope = new PointerScope()) {
            Random random = new Random(8);
            Tensor features = AbstractTensor.create(random.doubles(6 * 40, -1, 1).toArray(), 6, 40);
            Tensor others = AbstractTensor.create(random.doubles(50 * 40, -1, 1).toArray(), 50, 40);
            Tensor labels = AbstractTensor.create(0L, 1L, 2L, 0L, 1L, 2L);
            Tensor span = linalg_qr(features.t()).get0();
            LogisticRegression whole = new LogisticRegression(features, 3);
            whole.fit(features, labels, 2);
            LogisticRegression turned = new LogisticRegression(features.mm(span), 3);
            turned.fit(features.mm(span), labels, 2);
            Tensor difference = others.mm(whole.weight().t()).sub(others.mm(span).mm(turned.weight().t()));
            assertThat(difference.abs().max().item_double()).isLessThan(1e-4);
            assertThat(others.mm(whole.weight().t()).abs().max().item_double()).isGreaterThan(0.1);
        }
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.contiguous().data_ptr_double().get(values);
        return values;
    }
}
