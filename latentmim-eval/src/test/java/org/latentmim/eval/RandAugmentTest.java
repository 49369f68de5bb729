package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.rand;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandAugmentTest {

    private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
    private static final List<Double> DEVIATION = List.of(0.2, 0.25, 0.3);

    /** Images {@code [n, 12, 10, C]} of whole levels, normalised. */
    private static Tensor images(int n, int channels) {
        Tensor levels = rand(new long[] {n, 12, 10, channels}, new GeneratorOptional(make_generator_cpu(1)))
                .mul_(new Scalar(255)).round_();
        for (int channel = 0; channel < channels; channel++) {
            levels.select(3, channel).div_(new Scalar(255)).sub_(new Scalar(MEAN.get(channel)))
                    .div_(new Scalar(DEVIATION.get(channel)));
        }
        return levels;
    }

    private static Tensor levels(Tensor images) {
        Tensor levels = images.clone();
        for (int channel = 0; channel < images.size(3); channel++) {
            levels.select(3, channel).mul_(new Scalar(DEVIATION.get(channel))).add_(new Scalar(MEAN.get(channel)))
                    .mul_(new Scalar(255));
        }
        return levels;
    }

    private static List<Double> first(List<Double> numbers, int channels) {
        return numbers.subList(0, channels);
    }

    /** Each of two changes is made half of the time, so that a quarter of the images stay, and some changes find nothing to do. */
    @Test
    void changesThreeOfFourImagesAndLeavesLevelsWhole() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = images(400, 3);
            Tensor before = images.clone();
            new RandAugment(9).of(images, MEAN, DEVIATION, new SplittableRandom(2));
            long changed = images.sub(before).abs().amax(new long[] {1, 2, 3}, false).gt(new Scalar(1e-3)).sum().item_long();
            assertThat(changed).isBetween(225L, 325L); // at most 300 but for chance: 4 deviations of 8.7; auto-contrast does nothing
            Tensor levels = levels(images);
            assertThat(levels.sub(levels.round()).abs().max().item_double()).isLessThan(1e-2);
            assertThat(levels.min().item_double()).isGreaterThan(-1e-2);
            assertThat(levels.max().item_double()).isLessThan(255.01);
        }
    }

    @Test
    void theSameSeedMakesTheSameChangesAndAnotherOthers() {
        try (PointerScope scope = new PointerScope()) {
            Tensor one = images(20, 3);
            Tensor same = one.clone();
            Tensor other = one.clone();
            new RandAugment(9).of(one, MEAN, DEVIATION, new SplittableRandom(5));
            new RandAugment(9).of(same, MEAN, DEVIATION, new SplittableRandom(5));
            new RandAugment(9).of(other, MEAN, DEVIATION, new SplittableRandom(6));
            assertThat(one.equal(same)).isTrue();
            assertThat(one.equal(other)).isFalse();
        }
    }

    @Test
    void withoutStrengthNothingChangesAndNothingIsDrawn() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = images(20, 3);
            Tensor before = images.clone();
            SplittableRandom random = new SplittableRandom(5);
            new RandAugment(0).of(images, MEAN, DEVIATION, random);
            assertThat(images.equal(before)).isTrue();
            assertThat(random.nextLong()).isEqualTo(new SplittableRandom(5).nextLong());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyChangeTakesImagesOfAnyNumberOfChannels(int channels) {
        try (PointerScope scope = new PointerScope()) {
            Tensor image = levels(images(1, channels)).select(0, 0).round();
            Tensor fill = image.select(0, 0).select(0, 0).clone();
            for (int i = 0; i < RandAugment.ALL.size(); i++) {
                for (double level : new double[] {0, 0.9, 1}) {
                    for (int side : new int[] {-1, 1}) {
                        Tensor changed = RandAugment.ALL.get(i).of(image, level, side, fill);
                        assertThat(changed.shape()).as("change " + i).isEqualTo(image.shape());
                        assertThat(changed.sub(changed.round()).abs().max().item_double()).as("change " + i).isZero();
                    }
                }
            }
        }
    }

    /** Of those that grow, the strongest changes an image more than the weakest. */
    @Test
    void strongerChangesChangeMore() {
        try (PointerScope scope = new PointerScope()) {
            Tensor image = levels(images(1, 3)).select(0, 0).round();
            Tensor fill = image.select(0, 0).select(0, 0).clone();
            for (int i : new int[] {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}) {
                double weak = change(image, RandAugment.ALL.get(i).of(image, 0.1, -1, fill));
                double strong = change(image, RandAugment.ALL.get(i).of(image, 1, -1, fill));
                assertThat(strong).as("change " + i).isGreaterThan(weak);
            }
        }
    }

    private static double change(Tensor image, Tensor changed) {
        return changed.sub(image).abs().mean().item_double();
    }

    @Test
    void leavesNothingBehind() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = images(30, 3);
            long before = Pointer.totalCount();
            new RandAugment(9).of(images, MEAN, DEVIATION, new SplittableRandom(7));
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }
}
