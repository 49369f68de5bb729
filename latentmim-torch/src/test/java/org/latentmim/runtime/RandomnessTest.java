package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.runtime.Randomness.Purpose;

class RandomnessTest {

    private final Randomness randomness = new Randomness(7);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 1000})
    void anOrderHoldsEveryImageOnce(int size) {
        int[] order = randomness.order(3, size);
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void everyImageIsAsLikelyAtEveryPlace() {
        int size = 6;
        int epochs = 6000;
        int[][] counts = new int[size][size];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = randomness.order(epoch, size);
            for (int place = 0; place < size; place++) {
                counts[place][order[place]]++;
            }
        }
        double expected = (double) epochs / size;
        double chiSquare = Arrays.stream(counts).flatMapToInt(Arrays::stream)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquare).as("chi square of 25 degrees of freedom").isLessThan(60);
    }

    @Test
    void everySeedPurposeEpochAndImageHasNumbersOfItsOwn() {
        Set<Long> first = new HashSet<>();
        int count = 0;
        for (long seed : new long[] {0, 1, -1, 7}) {
            for (Purpose purpose : Purpose.values()) {
                for (int epoch = 0; epoch < 10; epoch++) {
                    for (int image = 0; image < 50; image++, count++) {
                        first.add(new Randomness(seed).generator(purpose, epoch, image).nextLong());
                    }
                }
            }
        }
        assertThat(first).hasSize(count);
    }

    @Test
    void theSameChoiceHasTheSameNumbers() {
        RandomGenerator one = randomness.generator(Purpose.MASK, 4, 2);
        RandomGenerator other = new Randomness(7).generator(Purpose.MASK, 4, 2);
        assertThat(one.longs(20).toArray()).isEqualTo(other.longs(20).toArray());
        assertThat(randomness.order(5, 30)).isEqualTo(new Randomness(7).order(5, 30)).isNotEqualTo(randomness.order(6, 30));
    }

    /** Runs of earlier versions can be repeated only as long as these numbers stay. */
    @Test
    void theNumbersNeverChange() {
        assertThat(new Randomness(0).generator(Purpose.ORDER, 0, 0).nextLong()).isEqualTo(-2973935961897404000L);
        assertThat(new Randomness(0).generator(Purpose.MASK, 1, 2).nextLong()).isEqualTo(3633454825947049256L);
        assertThat(new Randomness(-5).generator(Purpose.SAMPLE, 100, 1_000_000).nextInt(1000)).isEqualTo(602);
        assertThat(new Randomness(0).order(0, 8)).containsExactly(7, 1, 5, 0, 3, 4, 2, 6);
    }

    @Test
    void seedsTheNetworksForEveryStepByItself() {
        try (PointerScope scope = new PointerScope()) {
            new Randomness(1).seedNetworks(7);
            Tensor first = torch.rand(4);
            new Randomness(1).seedNetworks(8);
            assertThat(torch.rand(4).equal(first)).isFalse();
            new Randomness(2).seedNetworks(7);
            assertThat(torch.rand(4).equal(first)).isFalse();
            new Randomness(1).seedNetworks(7);
            assertThat(torch.rand(4).equal(first)).isTrue();
        }
    }

    @Test
    void theOrderOfThePurposesIsPartOfTheResults() {
        assertThat(Purpose.values()).containsExactly(
                Purpose.ORDER, Purpose.CROP, Purpose.FLIP, Purpose.OFFSETS, Purpose.MASK, Purpose.SAMPLE,
                Purpose.NETWORK, Purpose.COLOR);
    }
}
