package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.data.AugmentationConfig.Decode;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class PackedImageSetTest {

    private static final View VIEW = new TrainingView(
            new PatchGrid(3, 3, 8, 0, 3), new AugmentationConfig(0.2, 1, 4.0 / 3, true, ColorJitter.NONE, Decode.FULL));

    @TempDir
    private Path temporary;

    private Path folder;
    private Path file;

    @BeforeEach
    void writeImages() throws IOException {
        folder = Files.createDirectories(temporary.resolve("images"));
        file = temporary.resolve("images.pack");
        Random random = new Random(3);
        for (String name : List.of("cat/a.jpg", "cat/b.png", "dog/c.jpg")) {
            BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 60 * 40; i++) {
                image.setRGB(i % 60, i / 60, random.nextInt(1 << 24));
            }
            Path place = folder.resolve(name);
            Files.createDirectories(place.getParent());
            Files.write(place, ImageFiles.encode(image, name.substring(name.indexOf('.') + 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsWhatTheFolderHolds(PackFormat format) throws IOException {
        ImageSet folderImages = folder();
        ImageSet packed = pack(format, OptionalInt.empty());

        assertThat(packed.size()).isEqualTo(3);
        assertThat(packed.channels()).isEqualTo(3);
        assertThat(packed.classes()).containsExactly("cat", "dog");
        for (int i = 0; i < 3; i++) {
            assertThat(packed.id(i)).isEqualTo(folderImages.id(i));
            assertThat(packed.label(i)).isEqualTo(folderImages.label(i));
            for (long epoch = 0; epoch < 5; epoch++) {
                assertThat(view(packed, i, epoch)).isEqualTo(view(folderImages, i, epoch));
            }
        }
    }

    @Test
    void makesImagesSmallerAsAnyViewWould() throws IOException {
        ImageSet packed = pack(PackFormat.RAW, OptionalInt.of(24));

        ImageData.Pixels image = (ImageData.Pixels) packed.read(1);
        assertThat(image.height()).isEqualTo(24);
        assertThat(image.width()).isEqualTo(36);
        View evaluation = new EvaluationView(VIEW.grid(), 24);
        assertThat(render(evaluation, packed, 1)).isEqualTo(render(evaluation, folder(), 1));
    }

    @Test
    void leavesSmallImagesAsTheyAre() throws IOException {
        ImageData.Pixels image = (ImageData.Pixels) pack(PackFormat.RAW, OptionalInt.of(41)).read(0);

        assertThat(image.height()).isEqualTo(40);
        assertThat(image.width()).isEqualTo(60);
    }

    @Test
    void encodesImagesThatItMadeSmaller() throws IOException {
        ImageSet packed = pack(PackFormat.JPEG, OptionalInt.of(24));

        byte[] jpeg = ((ImageData.Encoded) packed.read(1)).bytes();
        assertThat(Arrays.copyOf(jpeg, 2)).containsExactly(0xff, 0xd8);
        View evaluation = new EvaluationView(VIEW.grid(), 24);
        byte[] seen = render(evaluation, packed, 1);
        byte[] exact = render(evaluation, folder(), 1);
        double[] sums = new double[3]; // of each channel, which tells red from blue
        for (int i = 0; i < seen.length; i++) {
            sums[i % 3] += (seen[i] & 0xff) - (exact[i] & 0xff);
        }
        assertThat(Arrays.stream(sums).map(sum -> Math.abs(sum) / (seen.length / 3.0)).max().orElseThrow()).isLessThan(2);
    }

    @Test
    void leavesNothingBehindWhereAnImageIsDamaged() throws IOException {
        Files.write(folder.resolve("dog/d.jpg"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> pack(PackFormat.RAW, OptionalInt.empty())).isInstanceOf(FailureException.class)
                .hasMessage("1 of 4 images (25.0%) cannot be read, and 0.0% are tolerated: dog/d.jpg. The first reason:"
                        + " cannot decode dog/d.jpg: its 3 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file. Repair or remove them.");
        assertThat(temporary).isDirectoryNotContaining(path -> path.getFileName().toString().contains("pack"));
    }

    @Test
    void refusesImagesWhoseBytesChanged() throws IOException {
        pack(PackFormat.RAW, OptionalInt.empty());
        byte[] bytes = Files.readAllBytes(file);
        bytes[PackedImageSet.START + 100] ^= 1;
        Files.write(file, bytes);
        ImageSet packed = open();

        assertThatThrownBy(() -> packed.read(0)).isInstanceOf(IOException.class)
                .hasMessage("cannot read cat/a.jpg of " + file + ": its checksum is another; pack it again");
        assertThat(packed.read(1)).isInstanceOf(ImageData.Pixels.class);
    }

    @Test
    void refusesAnIndexThatChanged() throws IOException {
        pack(PackFormat.RAW, OptionalInt.empty());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;

        assertRefused(bytes, "the checksum of its index is another; pack it again");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertRefused(new byte[100], "it is no packed file");
        assertRefused(new byte[0], "it is no packed file");
    }

    @Test
    void refusesFilesThatAreCutOff() throws IOException {
        pack(PackFormat.RAW, OptionalInt.empty());
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer start = ByteBuffer.wrap(bytes, PackedImageSet.MAGIC.length, 12);

        assertRefused(Arrays.copyOf(bytes, bytes.length - 1), "it has " + (bytes.length - 1)
                + " bytes, but its index would be " + (bytes.length - start.getLong()) + " bytes at " + (3 * 7200 + 32));
    }

    @Test
    void refusesAnIndexThatLies() throws IOException {
        assertLie(new PackIndex.Entry(32, 300, 0, 10, 10, 0, "a"), "a would lie at 32 with 300 bytes, outside of 32 to 132");
        assertLie(new PackIndex.Entry(31, 3, 0, 1, 1, 0, "a"), "a would lie at 31 with 3 bytes, outside of 32 to 132");
        assertLie(new PackIndex.Entry(Long.MAX_VALUE, 3, 0, 1, 1, 0, "a"),
                "a would lie at 9223372036854775807 with 3 bytes, outside of 32 to 132");
        assertLie(new PackIndex.Entry(32, -3, 0, 1, 1, 0, "a"), "a would lie at 32 with -3 bytes, outside of 32 to 132");
        assertLie(new PackIndex.Entry(32, 3, 0, 65536, 65537, 0, "a"), "a has 3 bytes for 65536 x 65537 pixels with 3 channels");
        assertLie(new PackIndex.Entry(32, 3, 0, -1, -1, 0, "a"), "a has 3 bytes for -1 x -1 pixels with 3 channels");
        assertLie(new PackIndex.Entry(32, 3, 0, 1, 1, 1, "a"), "a has the label 1 of 1 classes");
    }

    @Test
    void refusesMissingFiles() {
        assertThatThrownBy(this::open).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read " + file + ": there is no such file");
    }

    private void assertLie(PackIndex.Entry entry, String message) throws IOException {
        byte[] index = new PackIndex(PackFormat.RAW, 3, List.of("cat"), List.of(entry)).toBytes();
        assertRefused(ByteBuffer.allocate(132 + index.length).put(PackedImageSet.MAGIC).putLong(132).putInt(index.length)
                .putInt(PackedImageSet.checksum(index)).position(132).put(index).array(), message);
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(this::open).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read " + file + ": " + reason);
    }

    private ImageSet pack(PackFormat format, OptionalInt shortSide) throws IOException {
        assertThat(new ImagePacker(format, shortSide, 3, 0).pack(folder, file, (images, share) -> true))
                .isEqualTo(new PackReport(3, List.of()));
        return open();
    }

    private ImageSet open() {
        return new PackedImageSet(new PackedImageSet.Config(file));
    }

    private ImageSet folder() {
        return new FolderImageSet(new FolderImageSet.Config(folder, 3));
    }

    private static byte[] view(ImageSet images, int index, long epoch) throws IOException {
        byte[] target = new byte[24 * 24 * 3];
        VIEW.render(images, index, TestChance.of(epoch), target, 0);
        return target;
    }

    private static byte[] render(View view, ImageSet images, int index) throws IOException {
        byte[] target = new byte[24 * 24 * 3];
        view.render(images, index, TestChance.NONE, target, 0);
        return target;
    }
}
