package org.latentmim.eval;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Two changes of each image, each made half of the time and drawn from fifteen that grow with one strength (RandAugment, arXiv
 * 1909.13719, in the form that MAE fine-tunes with: strengths scatter by a half).
 *
 * @param strength from 0, which is never, to 10
 */
record RandAugment(double strength) {

    private static final int CHANGES = 2;
    private static final double CHANCE = 0.5;
    private static final double SCATTER = 0.5;
    private static final double STRONGEST = 10;

    /** A change of one image of levels from 0 to 255. */
    @FunctionalInterface
    interface Change {

        /**
         * Makes it.
         *
         * @param image {@code [H, W, C]}
         * @param level from 0 to 1
         * @param side 1 or -1
         * @param fill {@code [C]}, for what is not in the image
         */
        Tensor of(Tensor image, double level, int side, Tensor fill);
    }

    static final List<Change> ALL = List.of(
            (image, level, side, fill) -> ImageOperations.autoContrast(image),
            (image, level, side, fill) -> ImageOperations.equalize(image),
            (image, level, side, fill) -> ImageOperations.invert(image),
            (image, level, side, fill) -> ImageOperations.rotate(image, side * 30 * level, fill),
            (image, level, side, fill) -> ImageOperations.posterize(image, 4 - (int) (4 * level)),
            (image, level, side, fill) -> ImageOperations.solarize(image, 256 - (int) (256 * level)),
            (image, level, side, fill) -> ImageOperations.solarizeAdd(image, (int) (110 * level)),
            (image, level, side, fill) -> ImageOperations.color(image, factor(level, side)),
            (image, level, side, fill) -> ImageOperations.contrast(image, factor(level, side)),
            (image, level, side, fill) -> ImageOperations.brightness(image, factor(level, side)),
            (image, level, side, fill) -> ImageOperations.sharpness(image, factor(level, side)),
            (image, level, side, fill) -> ImageOperations.shearX(image, side * 0.3 * level, fill),
            (image, level, side, fill) -> ImageOperations.shearY(image, side * 0.3 * level, fill),
            (image, level, side, fill) -> ImageOperations.translateX(image, side * 0.45 * level * image.size(1), fill),
            (image, level, side, fill) -> ImageOperations.translateY(image, side * 0.45 * level * image.size(0), fill));

    private static double factor(double level, int side) {
        return Math.max(0.1, 1 + side * 0.9 * level);
    }

    /**
     * Changes images in place.
     *
     * @param images {@code [B, H, W, C]}, normalised
     * @param mean of each channel, for pixels between 0 and 1
     * @param deviation of each channel, for pixels between 0 and 1
     */
    void of(Tensor images, List<Double> mean, List<Double> deviation, RandomGenerator random) {
        if (strength == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor scale = numbers(deviation).to(images).mul_(new Scalar(255));
            Tensor shift = numbers(mean).to(images).mul_(new Scalar(255));
            for (int image = 0; image < images.size(0); image++) {
                for (int i = 0; i < CHANGES; i++) {
                    Change change = ALL.get(random.nextInt(ALL.size()));
                    double drawn = Math.min(STRONGEST, Math.max(0, random.nextGaussian(strength, SCATTER)));
                    int side = random.nextBoolean() ? 1 : -1;
                    if (random.nextDouble() < CHANCE) {
                        change(images.select(0, image), change, drawn / STRONGEST, side, scale, shift);
                    }
                }
            }
        }
    }

    private static void change(Tensor image, Change change, double level, int side, Tensor scale, Tensor shift) {
        try (PointerScope scope = new PointerScope()) {
            Tensor levels = image.mul(scale).add_(shift).round_();
            image.copy_(change.of(levels, level, side, shift.round()).sub_(shift).div_(scale));
        }
    }

    private static Tensor numbers(List<Double> numbers) {
        return AbstractTensor.create(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
