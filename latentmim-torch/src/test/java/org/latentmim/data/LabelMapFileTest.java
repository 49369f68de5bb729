package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.latentmim.data.PngFiles.GREY;
import static org.latentmim.data.PngFiles.PALETTE;
import static org.latentmim.data.PngFiles.chunk;
import static org.latentmim.data.PngFiles.deflated;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.testing.Fuzzing;

class LabelMapFileTest {

    @ParameterizedTest
    @CsvSource({"0, 8", "0, 4", "0, 2", "0, 1", "3, 8", "3, 4", "3, 2", "3, 1"})
    void readsTheNumbersThatAreStoredAndNotTheirColours(int kind, int bits) throws IOException {
        int most = (1 << bits) - 1;
        byte[] rows = bits == 8
                ? new byte[] {0, 1, (byte) most, 0, (byte) most, 0}
                : new byte[] {0, (byte) (1 << 8 - bits | most << 8 - 2 * bits), 0, (byte) (most << 8 - bits)};
        assertThat(LabelMapFile.read(PngFiles.of(kind, bits, 2, 2, rows)).classes())
                .containsExactly(1, most, most, 0);
    }

    @Test
    void readsWhatOtherProgramsWrite() throws IOException {
        byte[] indexed = ImageFiles.redAndBlue(4, 6, BufferedImage.TYPE_BYTE_INDEXED, "png");
        byte[] map = LabelMapFile.read(indexed).classes();
        assertThat(map).hasSize(24);
        assertThat(map[0]).isEqualTo(map[8]).isNotEqualTo(map[3]);
    }

    @Test
    void refusesOtherFiles() throws IOException {
        refuses(ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_INT_RGB, "jpeg"),
                "it is a JPEG file, and a label map is a PNG file");
        String colours = "it has colours or more than 8 bits, and a label map is a grey or palette PNG file of up to 8 bits";
        refuses(ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_INT_RGB, "png"), colours);
        refuses(ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_USHORT_GRAY, "png"), colours);
        refuses(new byte[] {1, 2, 3}, "its 3 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file");
    }

    @Test
    void refusesDamagedFiles() {
        byte[] good = PngFiles.of(GREY, 2, 2, 0, 1, 2, 3);
        byte[] flipped = good.clone();
        flipped[good.length - 20] ^= 1;
        int data = 8 + 25 + 12 + 3 * 256;
        refuses(flipped, "it is a PNG file that is damaged: the checksum of what begins at byte " + data + " is wrong");
        refuses(Arrays.copyOf(good, good.length - 12), "it is a PNG file that is cut off");
        refuses(Arrays.copyOf(good, good.length - 2), "it is a PNG file that is cut off");
    }

    @Test
    void refusesWhatHasFewerPixelsThanItSays() {
        byte[] header = PngFiles.header(GREY, 8, 2, 2);
        refuses(PngFiles.file(header, chunk("IDAT", deflated(new byte[] {0, 1, 2})), chunk("IEND")),
                "it is a PNG file that is damaged");
        refuses(PngFiles.file(header, chunk("IEND")), "it is a PNG file that is damaged");
        refuses(PngFiles.file(PngFiles.header(PALETTE, 8, 1, 1), chunk("IDAT", deflated(new byte[] {0, 1})), chunk("IEND")),
                "it is a PNG file that is damaged");
    }

    @Test
    void refusesMorePixelsThanAnImageHas() {
        refuses(PngFiles.file(PngFiles.header(GREY, 8, 1 << 20, 1 << 20), chunk("IEND")),
                "it would have 1048576 x 1048576 pixels, and an image has from 1 to 178956970");
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        List<byte[]> seeds = List.of(PngFiles.of(GREY, 3, 4, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 255),
                PngFiles.of(PALETTE, 2, 2, 0, 1, 2, 3), PngFiles.of(PALETTE, 4, 1, 2, new byte[] {0, 0x12}));
        Fuzzing.run("label-map", seeds, input -> LabelMapFile.read(PngFiles.withRightChecksums(input)), IOException.class);
    }

    private static void refuses(byte[] file, String message) {
        assertThatIOException().isThrownBy(() -> LabelMapFile.read(file)).withMessageStartingWith(message);
    }
}
