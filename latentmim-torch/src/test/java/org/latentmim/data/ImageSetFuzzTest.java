package org.latentmim.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
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
        Fuzzing.run("idx", List.of(plain, compressed.toByteArray()), input -> {
            Files.write(file, input);
            readAll(new IdxImageSet(new IdxImageSet.Config(file, Optional.empty())));
        }, IllegalArgumentException.class);
    }

    @Test
    void damagedCifarFilesAreReadOrRefused() {
        Path file = folder.resolve("images.bin");
        Fuzzing.run("cifar", List.of(new byte[3073], new byte[2 * 3073]), input -> {
            Files.write(file, input);
            readAll(new CifarBinaryImageSet(new CifarBinaryImageSet.Config(List.of(file))));
        }, IllegalArgumentException.class);
    }

    @Test
    void damagedPackedFilesAreReadOrRefused() throws IOException {
        Path file = folder.resolve("images.pack");
        Fuzzing.run("packed", List.of(packed(index().toBytes())), input -> {
            Files.write(file, input);
            readAll(new PackedImageSet(new PackedImageSet.Config(file)));
        }, IllegalArgumentException.class);
    }

    @Test
    void damagedIndicesOfPackedFilesAreReadOrRefused() throws IOException {
        Path file = folder.resolve("images.pack");
        Fuzzing.run("packed-index", List.of(index().toBytes()), input -> {
            Files.write(file, packed(input));
            readAll(new PackedImageSet(new PackedImageSet.Config(file)));
        }, IllegalArgumentException.class);
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
