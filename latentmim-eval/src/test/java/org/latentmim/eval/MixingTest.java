package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixingTest {

    @Test
    void mixesAnImageWithTheOneAtItsPlaceFromTheEnd() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = numbers(1, 2, 10, 20, 100, 200).view(3, 1, 2, 1);
            assertThat(Mixing.mixedUp(images, 0.75)).isEqualTo(0.75);
            assertThat(doubles(images)).containsExactly(25.75, 51.5, 10, 20, 75.25, 150.5);
        }
    }

    @Test
    void putsABoxOfTheOtherImageInAndSaysHowMuchIsLeft() {
        try (PointerScope scope = new PointerScope()) {
            for (int seed = 0; seed < 20; seed++) {
                Tensor images = zeros(2, 8, 6, 1);
                images.narrow(0, 1, 1).fill_(new Scalar(1));
                double share = new Mixing(0, 1).of(images, new SplittableRandom(seed));
                double cut = images.narrow(0, 0, 1).sum().item_double();
                assertThat(share).isCloseTo(1 - cut / 48, within(1e-12));
                assertThat(images.narrow(0, 1, 1).sum().item_double()).isEqualTo(48 - cut);
            }
        }
    }

    /** By hand: a share of 0.75 leaves a box of half of each side, 8 x 4 of 16 x 8 pixels, around a pixel, inside the image. */
    @ParameterizedTest
    @CsvSource({"8, 4, 4, 2, 8, 4", "0, 0, 0, 0, 4, 2", "15, 7, 11, 5, 5, 3"})
    void cutsABoxOfTheAreaThatIsNotTheImagesOwn(int row, int column, int top, int left, int height, int width) {
        assertThat(Mixing.box(16, 8, 0.75, row, column)).isEqualTo(new Box(top, left, height, width));
    }

    /** Smoothing 0.1 over 4 classes: 0.025 for each and 0.925 for the own one, then 3 to 1 with the image from the end. */
    @Test
    void makesTargetsOfMixedAndSmoothedLabels() {
        try (PointerScope scope = new PointerScope()) {
            Tensor labels = AbstractTensor.create(0L, 3L, 1L);
            Tensor targets = Mixing.targets(labels, 4, 0.75, 0.1, numbers(0));
            assertThat(doubles(targets)).containsExactly(new double[] {
                0.7, 0.25, 0.025, 0.025,
                0.025, 0.025, 0.025, 0.925,
                0.25, 0.7, 0.025, 0.025}, within(1e-12));
        }
    }

    /** Logits of ln 1, ln 2 and ln 5 are probabilities of 1/8, 2/8 and 5/8. */
    @Test
    void measuresTheCrossEntropyOfSoftTargets() {
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = numbers(0, Math.log(2), Math.log(5), 0, 0, 0).view(2, 3);
            Tensor targets = numbers(0.5, 0.5, 0, 0, 0, 1).view(2, 3);
            double expected = (0.5 * Math.log(8) + 0.5 * Math.log(4) + Math.log(3)) / 2;
            assertThat(Mixing.loss(logits, targets).item_double()).isCloseTo(expected, within(1e-12));
        }
    }

    /** The variance of a beta distribution with both parameters a is 1 / (4 (2 a + 1)). */
    @ParameterizedTest
    @CsvSource({"0.8", "1.0", "0.3"})
    void drawsSharesFromABetaDistribution(double parameter) {
        RandomGenerator random = new SplittableRandom(1);
        double[] shares = DoubleStream.generate(() -> Mixing.beta(parameter, random)).limit(100_000).toArray();
        double variance = DoubleStream.of(shares).map(share -> (share - 0.5) * (share - 0.5)).average().orElseThrow();
        assertThat(DoubleStream.of(shares)).allMatch(share -> share >= 0 && share <= 1);
        assertThat(DoubleStream.of(shares).average().orElseThrow()).isCloseTo(0.5, within(0.006));
        assertThat(variance).isCloseTo(1 / (4 * (2 * parameter + 1)), within(0.002));
    }

    @Test
    void mixesUpHalfOfTheBatchesAndCutsTheOthersOrNone() {
        try (PointerScope scope = new PointerScope()) {
            RandomGenerator random = new SplittableRandom(2);
            int cut = 0;
            for (int i = 0; i < 400; i++) {
                Tensor images = zeros(2, 4, 4, 1);
                images.narrow(0, 1, 1).fill_(new Scalar(1));
                new Mixing(0.8, 1).of(images, random);
                boolean whole = images.eq(images.round()).all().item_bool();
                cut += whole ? 1 : 0;
            }
            assertThat(cut).isBetween(160, 240); // 4 deviations of 10
            Tensor images = numbers(1, 2).view(2, 1, 1, 1);
            assertThat(new Mixing(0, 0).of(images, random)).isEqualTo(1);
            assertThat(doubles(images)).containsExactly(1, 2);
        }
    }

    private static Tensor numbers(double... values) {
        return AbstractTensor.create(values);
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.contiguous().data_ptr_double().get(values);
        return values;
    }
}
