package org.latentmim.data;

import java.util.random.RandomGenerator;

/** A rectangle of an image, in pixels. */
record Crop(int top, int left, int height, int width) {

    private static final int TRIES = 10;

    /**
     * Draws a crop of random area, shape and place: area uniform, width to height log-uniform, as torchvision's
     * RandomResizedCrop. Where ten tries do not fit into the image, as with panoramas, it is the largest crop in the middle whose
     * shape is allowed.
     */
    static Crop random(int height, int width, AugmentationConfig config, RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            double area = (config.minScale() + (config.maxScale() - config.minScale()) * random.nextDouble()) * height * width;
            double aspect = Math.exp(Math.log(config.maxAspect()) * (2 * random.nextDouble() - 1));
            int cropWidth = round(Math.sqrt(area * aspect));
            int cropHeight = round(Math.sqrt(area / aspect));
            if (cropWidth > 0 && cropWidth <= width && cropHeight > 0 && cropHeight <= height) {
                int top = random.nextInt(height - cropHeight + 1);
                int left = random.nextInt(width - cropWidth + 1);
                return new Crop(top, left, cropHeight, cropWidth);
            }
        }
        int cropHeight = Math.min(height, round(width * config.maxAspect()));
        int cropWidth = Math.min(width, round(height * config.maxAspect()));
        return new Crop((height - cropHeight) / 2, (width - cropWidth) / 2, cropHeight, cropWidth);
    }

    /** Returns the crop in the middle of an image that is at least as large. */
    static Crop centre(int height, int width, int cropHeight, int cropWidth) {
        return new Crop(round((height - cropHeight) / 2.0), round((width - cropWidth) / 2.0), cropHeight, cropWidth);
    }

    /** Returns whether this is at least so many times as large, on both sides. */
    boolean covers(int times, int height, int width) {
        return this.height >= times * height && this.width >= times * width;
    }

    /** Returns this crop in an image that was made so many times smaller, to the nearest of its pixels. */
    Crop dividedBy(int times, int imageHeight, int imageWidth) {
        int smallTop = Math.min(round((double) top / times), imageHeight - 1);
        int smallLeft = Math.min(round((double) left / times), imageWidth - 1);
        return new Crop(smallTop, smallLeft, within(round((double) height / times), imageHeight - smallTop),
                within(round((double) width / times), imageWidth - smallLeft));
    }

    private static int within(int size, int room) {
        return Math.max(1, Math.min(size, room));
    }

    private static int round(double value) {
        return (int) Math.rint(value);
    }
}
