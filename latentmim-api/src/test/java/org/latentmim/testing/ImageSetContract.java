package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/** What every {@link ImageSet} promises. */
public abstract class ImageSetContract {

    private static final int LOOKED_AT = 50;

    /** Builds the set to test; a second call must find the same images. */
    protected abstract ImageSet images() throws IOException;

    @Test
    void holdsAtLeastOneImage() throws IOException {
        assertThat(images().size()).isPositive();
        assertThat(images().channels()).isPositive();
    }

    @Test
    void givesEveryImageANameOfItsOwn() throws IOException {
        ImageSet images = images();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            assertThat(images.id(i)).as("id of image " + i).isNotBlank();
            ids.add(images.id(i));
        }
        assertThat(ids).hasSize(images.size());
    }

    @Test
    void labelsImagesWithItsClasses() throws IOException {
        ImageSet images = images();
        assertThat(images.classes()).doesNotHaveDuplicates();
        for (int i = 0; i < images.size(); i++) {
            assertThat(images.label(i)).as("label of " + images.id(i)).isBetween(ImageSet.NO_LABEL, images.classes().size() - 1);
        }
    }

    @Test
    void readsTheSameImagesInTheSameOrderEveryTime() throws IOException {
        ImageSet first = images();
        ImageSet second = images();
        assertThat(second.size()).isEqualTo(first.size());
        assertThat(second.classes()).isEqualTo(first.classes());
        for (int i = 0; i < lookedAt(first); i++) {
            assertThat(second.id(i)).isEqualTo(first.id(i));
            assertThat(second.label(i)).isEqualTo(first.label(i));
            assertThat(bytes(second, i)).as(first.id(i)).isEqualTo(bytes(first, i));
        }
    }

    @Test
    void handsOverItsArraysForGood() throws IOException {
        ImageSet images = images();
        byte[] first = bytes(images, 0);
        byte[] copy = first.clone();
        Arrays.fill(first, (byte) 0x55);
        assertThat(bytes(images, 0)).isEqualTo(copy);
    }

    @Test
    void readsTheSameOnManyThreads() throws IOException {
        ImageSet images = images();
        byte[][] serial = IntStream.range(0, lookedAt(images)).mapToObj(i -> bytes(images, i)).toArray(byte[][]::new);
        byte[][] parallel =
                IntStream.range(0, lookedAt(images)).parallel().mapToObj(i -> bytes(images, i)).toArray(byte[][]::new);
        assertThat(parallel).isDeepEqualTo(serial);
    }

    private static int lookedAt(ImageSet images) {
        return Math.min(LOOKED_AT, images.size());
    }

    private static byte[] bytes(ImageSet images, int index) {
        try {
            ImageData data = images.read(index);
            if (data instanceof ImageData.Pixels pixels) {
                assertThat(pixels.channels()).isEqualTo(images.channels());
                return pixels.values();
            }
            return ((ImageData.Encoded) data).bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
