package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImageHeaderTest {

    @Test
    void passesOverWhatStandsBeforeTheSizeOfAJpeg() throws IOException {
        byte[] jpeg = bytes("\u00ff\u00d8" // start
                + "\u00ff\u00e0\0\4ab" // an application's own
                + "??" // nothing that belongs here
                + "\u00ff\u00ff\u00ff\u00c4\0\3x" // filling, then tables, whose number is among those of sizes
                + "\u00ff\u0001" // a marker without a length
                + "\u00ff\u00c2\0\u000b\10\1\2\3\4\3");

        assertThat(ImageHeader.read(jpeg)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 0x102, 0x304, 3, 8));
    }

    @Test
    void refusesAJpegWithoutASize() {
        assertThatThrownBy(() -> ImageHeader.read(bytes("\u00ff\u00d8\u00ff\u00da\0\2"))).isInstanceOf(IOException.class)
                .hasMessage("it is a JPEG file without a size");
        assertThatThrownBy(() -> ImageHeader.read(bytes("\u00ff\u00d8\u00ff\u00e0\0\1\u00ff\u00c0")))
                .isInstanceOf(IOException.class).hasMessage("its 8 bytes end within the header of a JPEG file");
    }

    @Test
    void tellsTheChannelsOfPng() throws IOException {
        assertThat(ImageHeader.read(png(BufferedImage.TYPE_BYTE_GRAY)).channels()).isEqualTo(1);
        assertThat(ImageHeader.read(png(BufferedImage.TYPE_INT_RGB)).channels()).isEqualTo(3);
        assertThat(ImageHeader.read(png(BufferedImage.TYPE_BYTE_INDEXED)).channels()).isEqualTo(3);
        assertThat(ImageHeader.read(png(BufferedImage.TYPE_INT_ARGB)).channels()).isEqualTo(4);
        assertThat(ImageHeader.read(png(BufferedImage.TYPE_USHORT_GRAY)).bits()).isEqualTo(16);
    }

    @Test
    void readsTheThreeKindsOfWebp() throws IOException {
        ByteBuffer lossy = webp("VP8 ").position(20).put(new byte[] {0, 0, 0, (byte) 0x9d, 1, 0x2a});
        ByteBuffer lossless = webp("VP8L").put(20, (byte) 0x2f).putInt(21, 1 << 28 | 19 << 14 | 29);
        ByteBuffer extended = webp("VP8X").put(20, (byte) 0x10).putInt(24, 29).putShort(27, (short) 19);

        assertThat(ImageHeader.read(lossy.putShort((short) (1 << 14 | 30)).putShort((short) 20).array()))
                .isEqualTo(new ImageHeader(ImageFormat.WEBP, 20, 30, 3, 8));
        assertThat(ImageHeader.read(lossless.array())).isEqualTo(new ImageHeader(ImageFormat.WEBP, 20, 30, 4, 8));
        assertThat(ImageHeader.read(extended.array())).isEqualTo(new ImageHeader(ImageFormat.WEBP, 20, 30, 4, 8));
        assertThatThrownBy(() -> ImageHeader.read(webp("ALPH").array())).isInstanceOf(IOException.class)
                .hasMessage("it is a WebP file that does not start with its size");
    }

    @Test
    void readsBmpOfBothAges() throws IOException {
        ByteBuffer old = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN).put(bytes("BM"))
                .putInt(14, 12).putShort(18, (short) 30).putShort(20, (short) 20).putShort(24, (short) 24);
        ByteBuffer fromAbove = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN).put(bytes("BM"))
                .putInt(14, 40).putInt(18, 30).putInt(22, -20).putShort(28, (short) 32);

        assertThat(ImageHeader.read(old.array())).isEqualTo(new ImageHeader(ImageFormat.BMP, 20, 30, 3, 8));
        assertThat(ImageHeader.read(fromAbove.array())).isEqualTo(new ImageHeader(ImageFormat.BMP, 20, 30, 4, 8));
    }

    @Test
    void believesTheLargestSizeOfATiff() throws IOException {
        assertThat(ImageHeader.read(tiff(30, 20, 31))).isEqualTo(new ImageHeader(ImageFormat.TIFF, 20, 31, 1, 8));
        assertThatThrownBy(() -> ImageHeader.read(tiff(30, 1 << 30, 30))).isInstanceOf(IOException.class)
                .hasMessage("it would have 1073741824 x 30 pixels, and an image has from 1 to 178956970");
    }

    @Test
    void readsTiffWithPlacesOf64Bits() throws IOException {
        ByteBuffer big = ByteBuffer.allocate(16 + 8 + 3 * 20).order(ByteOrder.BIG_ENDIAN).put(bytes("MM\0+"))
                .putShort((short) 8).putShort((short) 0).putLong(16).putLong(3)
                .putShort((short) 256).putShort((short) 16).putLong(1).putLong(30)
                .putShort((short) 257).putShort((short) 4).putLong(1).putInt(20).putInt(0)
                .putShort((short) 258).putShort((short) 3).putLong(3).putShort((short) 16).putShort((short) 16).putInt(0);

        assertThat(ImageHeader.read(big.array())).isEqualTo(new ImageHeader(ImageFormat.TIFF, 20, 30, 1, 16));
        assertThatThrownBy(() -> ImageHeader.read(big.putLong(8, Long.MAX_VALUE).array())).isInstanceOf(IOException.class)
                .hasMessage("its 84 bytes end within the header of a TIFF file");
    }

    private static byte[] tiff(int width, int height, int widthAgain) {
        return ByteBuffer.allocate(8 + 2 + 3 * 12).order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes("II*\0")).putInt(8).putShort((short) 3)
                .putShort((short) 256).putShort((short) 4).putInt(1).putInt(width)
                .putShort((short) 257).putShort((short) 4).putInt(1).putInt(height)
                .putShort((short) 256).putShort((short) 4).putInt(1).putInt(widthAgain).array();
    }

    private static ByteBuffer webp(String chunk) {
        return ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN).put(bytes("RIFF")).putInt(22).put(bytes("WEBP" + chunk));
    }

    private static byte[] png(int type) throws IOException {
        return ImageFiles.redAndBlue(4, 4, type, "png");
    }

    private static byte[] bytes(String letters) {
        return letters.getBytes(StandardCharsets.ISO_8859_1);
    }
}
