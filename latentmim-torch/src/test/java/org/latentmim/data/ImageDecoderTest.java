package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.spi.ImageData;

class ImageDecoderTest {

    private record Decoded(int height, int width, byte[] pixels) {

        int[] pixel(int row, int column) {
            int channels = pixels.length / height / width;
            int[] values = new int[channels];
            for (int i = 0; i < channels; i++) {
                values[i] = pixels[(row * width + column) * channels + i] & 0xff;
            }
            return values;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
    void readsExactFormatsInTheOrderRedGreenBlue(String format) throws IOException {
        Decoded image = decode(ImageFiles.redAndBlue(8, 12, BufferedImage.TYPE_INT_RGB, format), 3);

        assertThat(image.height()).isEqualTo(8);
        assertThat(image.width()).isEqualTo(12);
        assertThat(image.pixel(0, 0)).containsExactly(255, 0, 0);
        assertThat(image.pixel(7, 11)).containsExactly(0, 0, 255);
    }

    @Test
    void dropsTheTransparencyOfPng() throws IOException {
        Decoded image = decode(ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_INT_ARGB, "png"), 3);

        assertThat(image.pixel(3, 0)).containsExactly(255, 0, 0);
    }

    @Test
    void makesGreyFilesColoured() throws IOException {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(2, 1, 0, 77);

        assertThat(decode(ImageFiles.encode(grey, "png"), 3).pixel(1, 2)).containsExactly(77, 77, 77);
    }

    @Test
    void makesColouredFilesGrey() throws IOException {
        Decoded image = decode(ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_INT_RGB, "png"), 1);

        assertThat(image.pixel(0, 0)).containsExactly(76);
        assertThat(image.pixel(0, 3)).containsExactly(29);
    }

    @Test
    void readsCmykJpeg() throws IOException {
        Decoded image = decode(ImageFiles.cmyk(16, 16, 255, 255, 255, 128), 3);

        assertThat(image.height()).isEqualTo(16);
        assertThat(image.pixel(8, 8)[0]).isCloseTo(128, within(3));
        assertThat(image.pixel(8, 8)[2]).isCloseTo(128, within(3));
    }

    @Test
    void turnsPhotosUpright() throws IOException {
        byte[] jpeg = ImageFiles.redAndBlue(16, 32, BufferedImage.TYPE_INT_RGB, "jpeg");

        Decoded turned = decode(ImageFiles.withOrientation(jpeg, 6), 3);

        assertThat(turned.height()).isEqualTo(32);
        assertThat(turned.width()).isEqualTo(16);
        assertThat(turned.pixel(2, 8)[0]).as("red above").isGreaterThan(200);
        assertThat(turned.pixel(29, 8)[2]).as("blue below").isGreaterThan(200);
    }

    @Test
    void refusesEmptyFiles() {
        assertThatThrownBy(() -> decode(new byte[0], 3)).isInstanceOf(IOException.class)
                .hasMessage("cannot decode a.jpg: it is empty");
    }

    @Test
    void refusesGarbage() {
        byte[] garbage = new byte[1000];
        Arrays.fill(garbage, (byte) 'x');

        assertThatThrownBy(() -> decode(garbage, 3)).isInstanceOf(IOException.class)
                .hasMessage("cannot decode a.jpg: its 1000 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file");
    }

    @Test
    void refusesOtherChannelsThanAFileGives() {
        assertThatThrownBy(() -> decode(new byte[10], 4)).isInstanceOf(IOException.class)
                .hasMessage("cannot decode a.jpg: an image file gives 1 or 3 channels, but 4 are asked for");
    }

    @Test
    void passesPixelsThrough() throws IOException {
        byte[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        Decoded image = decode(new ImageData.Pixels(1, 2, 5, values), 5);

        assertThat(image.pixels()).containsExactly(values);
    }

    @Test
    void makesGreyPixelsColoured() throws IOException {
        Decoded image = decode(new ImageData.Pixels(2, 1, 1, new byte[] {5, (byte) 200}), 3);

        assertThat(image.pixel(0, 0)).containsExactly(5, 5, 5);
        assertThat(image.pixel(1, 0)).containsExactly(200, 200, 200);
    }

    @Test
    void refusesPixelsWithOtherChannels() {
        assertThatThrownBy(() -> decode(new ImageData.Pixels(1, 1, 4, new byte[4]), 3)).isInstanceOf(IOException.class)
                .hasMessage("cannot use a.jpg: it has 4 channels, but 3 are asked for");
    }

    private static Decoded decode(byte[] file, int channels) throws IOException {
        return decode(new ImageData.Encoded(file), channels);
    }

    private static Decoded decode(ImageData data, int channels) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            NativeImage image = new ImageDecoder(channels).decode(data, "a.jpg");
            byte[] pixels = new byte[image.height() * image.width() * channels];
            image.copyTo(pixels, 0);
            return new Decoded(image.height(), image.width(), pixels);
        }
    }
}
