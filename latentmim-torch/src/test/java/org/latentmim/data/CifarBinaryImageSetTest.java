package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class CifarBinaryImageSetTest {

    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @Test
    void readsTheRecordsOfAllFiles() throws IOException {
        byte[] first = new byte[2 * RECORD];
        first[0] = 3;
        first[RECORD] = 9;
        first[RECORD + 1 + 33] = 10;
        first[RECORD + 1 + 1024 + 33] = 20;
        first[RECORD + 1 + 2048 + 33] = 30;
        byte[] second = new byte[RECORD];
        second[0] = 6;

        ImageSet images = images(write("one.bin", first), write("two.bin", second));

        assertThat(images.size()).isEqualTo(3);
        assertThat(images.channels()).isEqualTo(3);
        assertThat(List.of(images.label(0), images.label(1), images.label(2))).containsExactly(3, 9, 6);
        assertThat(List.of(images.id(0), images.id(1), images.id(2))).containsExactly("one.bin#0", "one.bin#1", "two.bin#0");
        assertThat(images.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
        ImageData.Pixels pixels = (ImageData.Pixels) images.read(1);
        assertThat(List.of(pixels.height(), pixels.width(), pixels.channels())).containsExactly(32, 32, 3);
        assertThat(pixels.values()[99]).isEqualTo((byte) 10);
        assertThat(pixels.values()[100]).isEqualTo((byte) 20);
        assertThat(pixels.values()[101]).isEqualTo((byte) 30);
    }

    @Test
    void refusesFilesOfOtherSizes() throws IOException {
        Path file = write("cut.bin", new byte[5000]);

        assertThatThrownBy(() -> images(file)).isInstanceOf(IllegalArgumentException.class).hasMessage(file
                + " is not a CIFAR-10 binary file: its size of 5000 bytes is no multiple of 3073 between 3073 and 2147483647");
    }

    @Test
    void refusesEmptyFiles() throws IOException {
        Path file = write("empty.bin", new byte[0]);

        assertThatThrownBy(() -> images(file)).isInstanceOf(IllegalArgumentException.class).hasMessage(file
                + " is not a CIFAR-10 binary file: its size of 0 bytes is no multiple of 3073 between 3073 and 2147483647");
    }

    @Test
    void refusesOtherLabels() throws IOException {
        byte[] records = new byte[2 * RECORD];
        records[RECORD] = (byte) 200;
        Path file = write("other.bin", records);

        assertThatThrownBy(() -> images(file)).isInstanceOf(IllegalArgumentException.class).hasMessage("image 1 of " + file
                + " has the label 200, but CIFAR-10 has the labels 0 to 9: it is not a CIFAR-10 binary file");
    }

    @Test
    void refusesMissingFiles() {
        Path file = folder.resolve("missing.bin");

        assertThatThrownBy(() -> images(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read " + file + ": there is no such file");
    }

    @Test
    void refusesAnEmptyListOfFiles() {
        assertThatThrownBy(() -> images()).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("files must name at least one file, but is empty");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static ImageSet images(Path... files) {
        return new CifarBinaryImageSet(new CifarBinaryImageSet.Config(List.of(files)));
    }
}
