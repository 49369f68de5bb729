package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.testing.Fuzzing;

class ImageSetFuzzTest {

    @TempDir
    Path folder;

    @Test
    void damagedIdxFilesAreReadOrRefused() throws IOException {
        byte[] plain = ByteBuffer.allocate(16 + 24).putInt(0x803).putInt(4).putInt(2).putInt(3).array();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        Path file = folder.resolve("images.idx");
        int refused = Fuzzing.run("idx", List.of(plain, compressed.toByteArray()), input -> {
            Files.write(file, input);
            readAll(new IdxImageSet(new IdxImageSet.Config(file, Optional.empty())));
        }, IllegalArgumentException.class);
        assertThat(refused).isPositive();
    }

    @Test
    void damagedCifarFilesAreReadOrRefused() {
        Path file = folder.resolve("images.bin");
        int refused = Fuzzing.run("cifar", List.of(new byte[3073], new byte[2 * 3073]), input -> {
            Files.write(file, input);
            readAll(new CifarBinaryImageSet(new CifarBinaryImageSet.Config(List.of(file))));
        }, IllegalArgumentException.class);
        assertThat(refused).isPositive();
    }

    @Test
    void damagedPackedFilesAreReadOrRefused() throws IOException {
        Path file = folder.resolve("images.pack");
        int refused = Fuzzing.run("packed", List.of(packed(index().toBytes())), input -> {
            Files.write(file, input);
            readAll(new PackedImageSet(new PackedImageSet.Config(file)));
        }, IllegalArgumentException.class);
        assertThat(refused).isPositive();
    }

    @Test
    void damagedIndicesOfPackedFilesAreReadOrRefused() throws IOException {
        Path file = folder.resolve("images.pack");
        int refused = Fuzzing.run("packed-index", List.of(index().toBytes()), input -> {
            Files.write(file, packed(input));
            readAll(new PackedImageSet(new PackedImageSet.Config(file)));
        }, IllegalArgumentException.class);
        assertThat(refused).isPositive();
    }

    @Test
    void damagedTarsArePackedOrRefused() throws IOException {
        Path file = folder.resolve("images.tar");
        int refused = Fuzzing.run("tar", List.of(tar(false), tar(true)), input -> {
            Files.write(file, input);
            try (TarSource source = new TarSource(file)) {
                for (List<PackSource.Item> items = source.next(3); !items.isEmpty(); items = source.next(3)) {
                    for (PackSource.Item item : items) {
                        readOrRefused(item);
                    }
                }
            }
        }, IOException.class);
        assertThat(refused).isPositive();
    }

    private static byte[] tar(boolean compressed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed ? new GZIPOutputStream(bytes) : bytes)) {
            for (String name : List.of("set/cat/a.jpg", "set/dog/b.png", "set/readme.txt")) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(700);
                tar.putArchiveEntry(entry);
                tar.write(new byte[700]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** An entry that is a link is unreadable, which is a right answer of the source. */
    private static void readOrRefused(PackSource.Item item) {
        try {
            if (item.path().startsWith("/") || !(item.content().read() instanceof ImageData.Encoded)) {
                throw new AssertionError(item.path());
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(item.path());
        }
    }

    private static PackIndex index() {
        return new PackIndex(PackFormat.RAW, 3, List.of("cat", "dog"), List.of(
                new PackIndex.Entry(PackedImageSet.START, 18, PackedImageSet.checksum(new byte[18]), 2, 3, 0, "cat/a.png"),
                new PackIndex.Entry(PackedImageSet.START + 18, 6, PackedImageSet.checksum(new byte[6]), 2, 1, 1, "dog/b.png")));
    }

    /** Puts images before an index, and a checksum that fits: as an enemy would do. */
    private static byte[] packed(byte[] index) {
        int images = 24;
        return ByteBuffer.allocate(PackedImageSet.START + images + index.length)
                .put(PackedImageSet.MAGIC).putLong(PackedImageSet.START + images).putInt(index.length)
                .putInt(PackedImageSet.checksum(index)).put(new byte[images]).put(index).array();
    }

    private static void readAll(ImageSet images) {
        for (int i = 0; i < images.size(); i++) {
            images.id(i);
            int label = images.label(i);
            if (label != ImageSet.NO_LABEL && (label < 0 || label >= images.classes().size())) {
                throw new AssertionError("image " + i + " has the label " + label + " of " + images.classes().size());
            }
            if (read(images, i) instanceof ImageData.Pixels pixels
                    && pixels.values().length != pixels.height() * pixels.width() * pixels.channels()) {
                throw new AssertionError("image " + i + " has " + pixels.values().length + " values");
            }
        }
    }

    /** An image with another checksum is unreadable, which is a right answer of the set. */
    private static ImageData read(ImageSet images, int index) {
        try {
            return images.read(index);
        } catch (IOException e) {
            return null;
        }
    }
}
