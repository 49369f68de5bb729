package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Progress;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class SketchedGaussianLossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return loss(32, 17);
    }

    @Override
    protected boolean teachesPredictions() {
        return false;
    }

    @Override
    protected boolean isMeanOverImages() {
        return false;
    }

    @Test
    void isTheEppsPulleyIntegralOfOneChannel() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = Batches.normal(1, 40, 1, 1).mul(new Scalar(2)).add(new Scalar(0.3));
            double[] samples = Arrays.stream(Batches.numbers(latents.squeeze(1))).mapToDouble(row -> row[0]).toArray();
            double expected = samples.length * integral(t -> {
                double real = Arrays.stream(samples).map(x -> Math.cos(t * x)).average().orElseThrow() - Math.exp(-t * t / 2);
                double imaginary = Arrays.stream(samples).map(x -> Math.sin(t * x)).average().orElseThrow();
                return (real * real + imaginary * imaginary) * Math.exp(-t * t / 2);
            });
            assertThat(Batches.loss(loss(1, 1001), latents)).isCloseTo(expected, withinPercentage(1e-4));
            assertThat(Batches.loss(loss(1, 17), latents)).isCloseTo(expected, withinPercentage(1));
        }
    }

    @Test
    void isWhatChanceLeavesForGaussianLatents() {
        // Over samples of N(0, 1), |c(t) - exp(-t^2 / 2)|^2 is on average (1 - exp(-t^2)) / n.
        double expected = integral(t -> (1 - Math.exp(-t * t)) * Math.exp(-t * t / 2));
        double sum = 0;
        for (int step = 0; step < 100; step++) {
            try (PointerScope scope = new PointerScope()) {
                sum += Batches.loss(loss(64, 17), Batches.normal(step, 32, 1, 8), at(step));
            }
        }
        assertThat(sum / 100).isCloseTo(expected, withinPercentage(5));
    }

    @Test
    void isLargeForLatentsThatAreOne() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = zeros_like(Batches.normal(1, 500, 1, 8));
            double expected = 500 * integral(t -> Math.pow(1 - Math.exp(-t * t / 2), 2) * Math.exp(-t * t / 2));
            assertThat(Batches.loss(loss(64, 1001), latents)).isCloseTo(expected, withinPercentage(1e-4)).isGreaterThan(100);
        }
    }

    @Test
    void judgesOtherDirectionsInEveryStepAndTheSameInEveryBatchOfOne() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = Batches.normal(1, 16, 1, 8);
            double first = Batches.loss(loss(4, 17), latents, at(3));
            manual_seed(1);
            assertThat(Batches.loss(loss(4, 17), latents, at(3))).isEqualTo(first);
            assertThat(Batches.loss(loss(4, 17), latents, at(4))).isNotCloseTo(first, within(1e-3));
            assertThat(Batches.loss(loss(4, 17), latents.to(ScalarType.Float), at(3))).isCloseTo(first, within(1e-5));
        }
    }

    @Test
    void wantsNumbersWithinTheirRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> loss(0, 17))
                .withMessage("directions must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> loss(1, 1))
                .withMessage("knots must be at least 2, but is 1");
    }

    private static ReconstructionLoss loss(int directions, int knots) {
        return new SketchedGaussianLoss(new SketchedGaussianLoss.Config(Latents.VISIBLE, Samples.IMAGES, directions, knots));
    }

    private static Progress at(int step) {
        return new Progress(step, 1000, 0, 1, 1);
    }

    /** Simpson's rule from -3 to 3. */
    private static double integral(DoubleUnaryOperator function) {
        int intervals = 600;
        double width = 6.0 / intervals;
        double sum = function.applyAsDouble(-3) + function.applyAsDouble(3);
        for (int i = 1; i < intervals; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * function.applyAsDouble(-3 + i * width);
        }
        return sum * width / 3;
    }
}
