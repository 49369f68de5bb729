package org.latentmim.data;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_ARGB;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;

/** The table of bad data in the module's README, row by row. */
class BadImageFilesTest {

    private static final String TOO_LARGE = " pixels, and an image has from 1 to 178956970";

    @TempDir
    Path folder;

    /** A file and what comes of it: its size and first pixel as read in colour, or what is wrong with it. */
    private record Row(String name, byte[] file, String result) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        byte[] jpeg = redAndBlue(TYPE_INT_RGB, "jpeg");
        byte[] png = redAndBlue(TYPE_INT_RGB, "png");
        byte[] bmp = redAndBlue(TYPE_INT_RGB, "bmp");
        byte[] gif = redAndBlue(TYPE_BYTE_INDEXED, "gif");
        byte[] tiff = redAndBlue(TYPE_INT_RGB, "tiff");
        byte[] webp = ImageFiles.webp(20, 30);
        List<Row> rows = new ArrayList<>(List.of(
                new Row("empty.jpg", new byte[0], "it is empty"),
                new Row("one byte.jpg", new byte[1], "its 1 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file"),
                new Row("a text.jpg", "<html>404</html>".getBytes(StandardCharsets.UTF_8),
                        "its 16 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file"),
                new Row("a format that is not read.jpg", "#?RADIANCE\n".getBytes(StandardCharsets.UTF_8),
                        "its 11 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file"),
                new Row("a PNG by another name.jpg", png, "20 x 30 of [255, 0, 0]"),
                new Row("cut off.jpg", cut(jpeg, 20), damaged(jpeg.length - 20)),
                new Row("cut off.webp", cut(webp, 20), damaged(webp.length - 20)),
                new Row("cut off.gif", cut(gif, 20), damaged(gif.length - 20)),
                new Row("cut off.bmp", cut(bmp, 20), damaged(bmp.length - 20)),
                new Row("cut off in its header.jpg", Arrays.copyOf(jpeg, 30),
                        "its 30 bytes end within the header of a JPEG file"),
                new Row("cut off in its header.tif", Arrays.copyOf(tiff, 6),
                        "its 6 bytes end within the header of a TIFF file"),
                new Row("cut off.png", Arrays.copyOf(png, 45),
                        "it is a PNG file that is cut off, or damaged: from byte 33 on it would have "
                                + ByteBuffer.wrap(png).getInt(33) + " bytes"),
                new Row("for print.jpg", ImageFiles.cmyk(20, 30, 255, 255, 255, 128), "20 x 30 of [128, 128, 128]"),
                new Row("grey.png", redAndBlue(TYPE_BYTE_GRAY, "png"), "20 x 30 of [54, 54, 54]"),
                new Row("black and white.png", redAndBlue(TYPE_BYTE_BINARY, "png"), "20 x 30 of [0, 0, 0]"),
                new Row("palette.png", redAndBlue(TYPE_BYTE_INDEXED, "png"), "20 x 30 of [255, 0, 0]"),
                new Row("palette.bmp", redAndBlue(TYPE_BYTE_INDEXED, "bmp"), "20 x 30 of [255, 0, 0]"),
                new Row("transparent.png", transparent(), "20 x 30 of [255, 0, 0]"),
                new Row("16 bits.tif", ImageFiles.tiff(20, 30), "20 x 30 of [3, 89, 191]"),
                new Row("floats.tif", ImageFiles.floats(20, 30), "its values have 32 bits, and those of 8 or 16 are read"),
                new Row("turned.jpg", ImageFiles.withOrientation(ImageFiles.redAndBlue(32, 64, TYPE_INT_RGB, "jpeg"), 6),
                        "64 x 32 of [254, 0, 0]"),
                new Row("animated.gif", ImageFiles.animated(gif), "20 x 30 of [255, 0, 0]")));
        rows.addAll(bombs(jpeg, png, bmp, gif, tiff, webp));
        return rows.stream();
    }

    /** Files of some bytes that announce pixels for gigabytes. */
    private static List<Row> bombs(byte[] jpeg, byte[] png, byte[] bmp, byte[] gif, byte[] tiff, byte[] webp) {
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        ByteBuffer wide = ByteBuffer.wrap(tiff.clone()).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = wide.getInt(4) + Short.BYTES;
        for (int entry = directory; entry < directory + 24; entry += 12) {
            if (wide.getShort(entry) == 256 || wide.getShort(entry) == 257) {
                wide.putShort(entry + 2, (short) 4).putInt(entry + 8, 1_000_000);
            }
        }
        return List.of(
                new Row("bomb.jpg", ByteBuffer.wrap(jpeg.clone()).putInt(frame + 5, -1).array(), wouldHave(65535, 65535)),
                new Row("bomb.png", ByteBuffer.wrap(png.clone()).putInt(16, 1 << 30).putInt(20, 1 << 30).array(),
                        wouldHave(1 << 30, 1 << 30)),
                new Row("bomb.bmp", ByteBuffer.wrap(bmp.clone()).order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(18, 100_000).putInt(22, -100_000).array(), wouldHave(100_000, 100_000)),
                new Row("bomb.gif", ByteBuffer.wrap(gif.clone()).putInt(6, -1).array(), wouldHave(65535, 65535)),
                new Row("bomb.tif", wide.array(), wouldHave(1_000_000, 1_000_000)),
                new Row("bomb.webp", ByteBuffer.wrap(webp.clone()).order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(21, (1 << 28) - 1).array(), wouldHave(16384, 16384)),
                new Row("no pixels.png", ByteBuffer.wrap(png.clone()).putInt(16, 0).array(), wouldHave(20, 0)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyFileHasItsResult(Row row) throws IOException {
        Files.write(folder.resolve(row.name()), row.file());

        assertThat(result(row.name())).isEqualTo(row.result());
    }

    @Test
    void namesMayHaveSpacesAndAnyLetters() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs names in UTF-8");
        for (String name : List.of("two words .jpg", "Zürich.jpg", "写真.jpg", "صورة.jpg", "\ud83d\ude00.jpg", "-rf.jpg", "%41.jpg")) {
            Path file = Files.write(folder.resolve(name), redAndBlue(TYPE_3BYTE_BGR, "png"));
            assertThat(result(name)).isEqualTo("20 x 30 of [255, 0, 0]");
            Files.delete(file);
        }
    }

    @Test
    void namesInAnotherEncodingAreRefused() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "names are bytes on Linux");
        Process process = new ProcessBuilder("sh", "-c", "echo > \"$(printf 'caf\\351.jpg')\"").directory(folder.toFile()).start();
        assertThat(process.waitFor()).isZero();

        assertThatThrownBy(() -> new FolderImageSet(new FolderImageSet.Config(folder, 3)).read(0))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + folder + "/caf\ufffd.jpg: its name is not in the system's encoding, "
                        + System.getProperty("sun.jnu.encoding") + "; rename it, or start Java with LC_ALL=C.UTF-8");
    }

    @Test
    void filesOfGibibytesAreRefusedUnread() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("large.tif").toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThat(result("large.tif")).isEqualTo("it has 3221225472 bytes, and an image has at most 536870912");
    }

    @Test
    void filesWithoutPermissionAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("secret.jpg"), new byte[1]);
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs permissions");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the user may read everything");

        assertThat(result("secret.jpg")).isEqualTo("permission denied");
    }

    @Test
    void imagesOfOneRowAreNotBlownUp() throws IOException {
        Files.write(folder.resolve("row.png"), ImageFiles.encode(new BufferedImage(100_000, 1, TYPE_BYTE_GRAY), "png"));
        View view = new EvaluationView(new PatchGrid(14, 14, 16, 0, 3), 256);

        assertThatThrownBy(() -> view.render(new FolderImageSet(new FolderImageSet.Config(folder, 3)), 0, null,
                new byte[224 * 224 * 3], 0)).isInstanceOf(IOException.class)
                .hasMessage("cannot use row.png: with 256 pixels on its short side it would have 256 x 25600000" + TOO_LARGE);
    }

    private String result(String name) {
        try (PointerScope scope = new PointerScope()) {
            FolderImageSet images = new FolderImageSet(new FolderImageSet.Config(folder, 3));
            NativeImage image = new ImageDecoder(3).decode(images.read(0), name);
            byte[] pixels = new byte[image.height() * image.width() * 3];
            image.copyTo(pixels, 0);
            return image.height() + " x " + image.width() + " of "
                    + Arrays.asList(pixels[0] & 0xff, pixels[1] & 0xff, pixels[2] & 0xff);
        } catch (IOException e) {
            return e.getMessage().replaceFirst("^cannot (decode|read) .*?" + Pattern.quote(name) + ": ", "");
        }
    }

    private static String damaged(int bytes) {
        return "its " + bytes + " bytes are no image, or a damaged one";
    }

    private static String wouldHave(int height, int width) {
        return "it would have " + height + " x " + width + TOO_LARGE;
    }

    private static byte[] cut(byte[] file, int bytes) {
        return Arrays.copyOf(file, file.length - bytes);
    }

    private static byte[] redAndBlue(int type, String format) throws IOException {
        return ImageFiles.redAndBlue(20, 30, type, format);
    }

    private static byte[] transparent() throws IOException {
        BufferedImage image = new BufferedImage(30, 20, TYPE_INT_ARGB);
        for (int i = 0; i < 600; i++) {
            image.setRGB(i % 30, i / 30, 0x00ff0000);
        }
        return ImageFiles.encode(image, "png");
    }
}
