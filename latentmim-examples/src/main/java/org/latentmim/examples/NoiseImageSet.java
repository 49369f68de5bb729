package org.latentmim.examples;

import jakarta.inject.Inject;
import java.util.Random;
import org.latentmim.spi.Default;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

/** Images that are made up when they are read: the same image every time, and nothing to learn in any. */
final class NoiseImageSet implements ImageSet {

    @Meaning("Images of random pixels, for benchmarks: nothing is read and nothing can be learned")
    record Config(
            @Meaning("how many images, at least 1") @Default("10000") int images,
            @Meaning("height in pixels, at least 1") @Default("224") int height,
            @Meaning("width in pixels, at least 1") @Default("224") int width,
            @Meaning("values of a pixel, at least 1") @Default("3") int channels,
            @Meaning("what the pixels are made of") @Default("0") long seed) {

        Config {
            atLeastOne(images, "images");
            atLeastOne(height, "height");
            atLeastOne(width, "width");
            atLeastOne(channels, "channels");
        }

        private static void atLeastOne(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
            }
        }
    }

    private final Config config;

    @Inject
    NoiseImageSet(Config config) {
        this.config = config;
    }

    @Override
    public int size() {
        return config.images();
    }

    @Override
    public int channels() {
        return config.channels();
    }

    @Override
    public ImageData read(int index) {
        byte[] pixels = new byte[config.height() * config.width() * config.channels()];
        new Random(config.seed() * 31 + index).nextBytes(pixels);
        return new ImageData.Pixels(config.height(), config.width(), config.channels(), pixels);
    }

    @Override
    public String id(int index) {
        return Integer.toString(index);
    }
}
