package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ErasingTest {

    private static final int SIDE = 20;

    @Test
    void putsNoiseIntoARectangleOfSomeImages() {
        try (PointerScope scope = new PointerScope()) {
            manual_seed(1);
            RandomGenerator random = new SplittableRandom(1);
            Tensor images = zeros(400, SIDE, SIDE, 2);
            new Erasing(0.25).of(images, random);
            int erased = 0;
            for (int i = 0; i < 400; i++) {
                Tensor noisy = images.narrow(0, i, 1).ne(zeros(1)).any(3).squeeze(0);
                long area = noisy.sum().item_long();
                if (area > 0) {
                    erased++;
                    long height = noisy.any(1).sum().item_long();
                    long width = noisy.any(0).sum().item_long();
                    assertThat(height * width).as("a rectangle").isEqualTo(area);
                    assertThat((double) area / (SIDE * SIDE)).isBetween(0.01, 0.36); // 2% to a third, rounded to pixels
                    assertThat((double) height / width).isBetween(0.25, 4.0);        // 0.3 to 3.3, rounded to pixels
                }
            }
            assertThat(erased).isBetween(66, 134); // 4 deviations of 8.7
            assertThat(images.abs().max().item_double()).isBetween(2.5, 6.0);
        }
    }

    @Test
    void leavesImagesAloneWithoutChance() {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = zeros(50, 8, 8, 1);
            new Erasing(0).of(images, new SplittableRandom(3));
            assertThat(images.abs().max().item_double()).isZero();
        }
    }
}
