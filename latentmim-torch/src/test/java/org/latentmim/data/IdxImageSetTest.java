package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class IdxImageSetTest {

    private static final byte[] IMAGES = {
        0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2,
        10, 11, 20, 21, 30, 31
    };
    private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1};

    @TempDir
    Path folder;

    @Test
    void readsImagesAndLabels() throws IOException {
        assertReadsAll(images(write("images", IMAGES), write("labels", LABELS)));
    }

    @Test
    void readsCompressedFilesWhateverTheirName() throws IOException {
        assertReadsAll(images(write("images", gzip(IMAGES)), write("labels", gzip(LABELS))));
    }

    @Test
    void readsImagesWithoutLabels() throws IOException {
        ImageSet images = new IdxImageSet(new IdxImageSet.Config(write("images", IMAGES), Optional.empty()));

        assertThat(images.size()).isEqualTo(3);
        assertThat(images.classes()).isEmpty();
        assertThat(images.label(0)).isEqualTo(ImageSet.NO_LABEL);
    }

    @Test
    void readsStreamsWithNamesOfClasses() throws IOException {
        List<String> classes = List.of("shirt", "coat", "bag", "boot");

        ImageSet images = IdxImages.read(stream(gzip(IMAGES)), stream(LABELS), classes, "fashion");

        assertThat(images.classes()).isEqualTo(classes);
        assertThat(images.label(0)).isEqualTo(2);
    }

    @Test
    void refusesOtherMagicNumbers() throws IOException {
        Path labels = write("labels", LABELS);

        assertThatThrownBy(() -> images(labels, labels)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read the images: " + labels
                        + " (images) is not an IDX file of bytes in 3D: it starts with 00000801, not with 00000803");
    }

    @Test
    void refusesFilesThatAreCutOff() {
        assertRefused(Arrays.copyOf(IMAGES, IMAGES.length - 1), LABELS,
                "test (images) is cut off: it should have 6 values, but has 5");
        assertRefused(Arrays.copyOf(IMAGES, 9), LABELS, "test (images) is cut off");
        assertRefused(new byte[0], LABELS, "test (images) is cut off");
    }

    @Test
    void refusesFilesWhoseCompressionIsCutOff() throws IOException {
        byte[] compressed = gzip(IMAGES);

        assertRefused(Arrays.copyOf(compressed, compressed.length - 12), LABELS,
                "test (images) is cut off");
    }

    @Test
    void refusesFilesThatGoOn() {
        assertRefused(Arrays.copyOf(IMAGES, IMAGES.length + 1), LABELS,
                "test (images) is damaged: it goes on after its 6 values");
    }

    @Test
    void refusesMoreValuesThanFitBeforeItReadsThem() {
        byte[] header = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, (byte) 0x80, 0, 0, 0, (byte) 0xff, (byte) 0xff};

        assertRefused(header, LABELS, "test (images) would have 2147450880 values, for which Java has too little memory;"
                + " -Xmx gives it more");
    }

    @Test
    void refusesImpossibleSizes() {
        byte[] none = IMAGES.clone();
        none[7] = 0;
        byte[] large = IMAGES.clone();
        large[4] = 0x7f;

        assertRefused(none, LABELS, "test (images) is damaged or too large: a size is 0");
        assertRefused(large, LABELS, "test (images) is damaged or too large: a size is 2");
    }

    @Test
    void refusesLabelsOfOtherImages() {
        assertRefused(IMAGES, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1}, "test has 3 images, but 2 labels");
    }

    @Test
    void refusesLabelsWithoutAName() {
        assertThatThrownBy(() -> IdxImages.read(stream(IMAGES), stream(LABELS), List.of("shirt", "coat"), "test"))
                .isInstanceOf(IOException.class)
                .hasMessage("test has the label 2, but only 2 classes, counted from 0");
    }

    @Test
    void refusesMissingFiles() throws IOException {
        Path images = write("images", IMAGES);
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> images(images, missing)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no file " + missing);
    }

    private static void assertReadsAll(ImageSet images) throws IOException {
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.channels()).isEqualTo(1);
        assertThat(images.classes()).containsExactly("0", "1", "2");
        assertThat(List.of(images.label(0), images.label(1), images.label(2))).containsExactly(2, 0, 1);
        assertThat(images.id(1)).isEqualTo("1");
        ImageData.Pixels second = (ImageData.Pixels) images.read(1);
        assertThat(List.of(second.height(), second.width(), second.channels())).containsExactly(1, 2, 1);
        assertThat(second.values()).containsExactly(20, 21);
    }

    private static void assertRefused(byte[] images, byte[] labels, String message) {
        assertThatThrownBy(() -> IdxImages.read(stream(images), stream(labels), List.of(), "test"))
                .isInstanceOf(IOException.class).hasMessage(message);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static ImageSet images(Path images, Path labels) {
        return new IdxImageSet(new IdxImageSet.Config(images, Optional.of(labels)));
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }
}
