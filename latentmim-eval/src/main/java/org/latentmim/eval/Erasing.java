package org.latentmim.eval;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Puts noise in place of a part of some images (random erasing, arXiv 1708.04896): from 2% to a third of the area, up to 3.3
 * times as high as wide or as wide as high.
 *
 * @param chance that an image loses a part, from 0 to 1
 */
record Erasing(double chance) {

    private static final int ATTEMPTS = 10;
    private static final double LEAST = 0.02;
    private static final double MOST = 1.0 / 3;
    private static final double STEEPEST = Math.log(1 / 0.3);

    /**
     * Changes images in place; the noise comes from torch's default generator.
     *
     * @param images {@code [B, H, W, C]}, normalised
     */
    void of(Tensor images, RandomGenerator random) {
        for (int image = 0; image < images.size(0); image++) {
            if (random.nextDouble() < chance) {
                erase(images.narrow(0, image, 1), random);
            }
        }
    }

    private static void erase(Tensor image, RandomGenerator random) {
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        for (int i = 0; i < ATTEMPTS; i++) {
            double area = height * width * (LEAST + (MOST - LEAST) * random.nextDouble());
            double aspect = Math.exp(STEEPEST * (2 * random.nextDouble() - 1));
            int high = (int) Math.round(Math.sqrt(area * aspect));
            int wide = (int) Math.round(Math.sqrt(area / aspect));
            if (high < height && wide < width) {
                int top = random.nextInt(height - high + 1);
                new Box(top, random.nextInt(width - wide + 1), high, wide).of(image).normal_();
                return;
            }
        }
    }
}
