package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageScanTest {

    @TempDir
    Path folder;

    @Test
    void countsWhatCanBeReadAndWhatCannot() throws IOException {
        byte[] photo = ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_INT_RGB, "jpeg");
        write("a.jpg", photo);
        write("b/copy of 1.jpg", photo);
        write("c 2.png", photo);
        write("d.tif", ImageFiles.tiff(50, 10));
        write("e.png", ImageFiles.redAndBlue(8, 9, BufferedImage.TYPE_BYTE_GRAY, "png"));
        write("f1.jpg", new byte[0]);
        write("f2.jpg", "hello".getBytes(StandardCharsets.UTF_8));
        write("f33.jpg", "hello there".getBytes(StandardCharsets.UTF_8));

        ScanReport report = scan();

        assertThat(report.images()).isEqualTo(8);
        assertThat(report.scanned()).isEqualTo(8);
        assertThat(report.readable()).isEqualTo(5);
        assertThat(report.problems()).containsExactly(
                new ScanReport.Problem("its 5 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file", 2, List.of("f2.jpg", "f33.jpg")),
                new ScanReport.Problem("it is empty", 1, List.of("f1.jpg")));
        assertThat(report.kinds()).isEqualTo(Map.of("JPEG, colour", 3, "PNG, grey", 1, "TIFF, colour, 16 bits", 1));
        assertThat(report.misnamed()).isEqualTo(new ScanReport.Examples(1, List.of("c 2.png")));
        assertThat(report.duplicates()).isEqualTo(new ScanReport.Examples(2, List.of("b/copy of 1.jpg", "c 2.png")));
        assertThat(report.width()).contains(new ScanReport.Spread(9, 30, 30));
        assertThat(report.height()).contains(new ScanReport.Spread(8, 20, 50));
    }

    @Test
    void everyImageCountsTheSameInMeanAndDeviation() throws IOException {
        write("large.png", grey(40, 40, 0));
        write("small.png", grey(2, 3, 255));
        write("middle.png", grey(4, 4, 51));

        Normalization normalization = scan().normalization().orElseThrow();

        double mean = (0 + 1 + 0.2) / 3;
        double deviation = Math.sqrt((0 + 1 + 0.04) / 3 - mean * mean);
        assertThat(normalization.mean()).hasSize(3).allSatisfy(value -> assertThat(value).isCloseTo(mean, within(1e-12)));
        assertThat(normalization.deviation()).hasSize(3)
                .allSatisfy(value -> assertThat(value).isCloseTo(deviation, within(1e-12)));
    }

    @Test
    void channelsComeInTheOrderRedGreenBlueAndVaryWithinAnImage() throws IOException {
        write("a.png", ImageFiles.redAndBlue(4, 4, BufferedImage.TYPE_INT_RGB, "png"));
        BufferedImage red = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, 0xff3300);
        write("b.png", ImageFiles.encode(red, "png"));

        Normalization normalization = scan().normalization().orElseThrow();

        assertThat(normalization.mean()).isEqualTo(List.of(0.375, 0.025, 0.25));
        assertThat(normalization.deviation().get(0)).isCloseTo(Math.sqrt(0.375 - 0.375 * 0.375), within(1e-12));
    }

    @Test
    void imagesOfOneColourCannotBeNormalised() throws IOException {
        write("black.png", grey(4, 4, 0));

        assertThat(scan().normalization()).isEmpty();
    }

    @Test
    void nothingDependsOnTheThreads() throws Exception {
        for (int i = 0; i < 40; i++) {
            write(i + ".webp", ImageFiles.webp(5 + i, 60 - i));
        }
        write("broken.webp", Arrays.copyOf(ImageFiles.webp(20, 20), 100));

        assertThat(scanOn(1)).isEqualTo(scanOn(4)).isEqualTo(scan());
    }

    @Test
    void packedImagesAreScannedToo() throws IOException {
        write("a.png", grey(4, 6, 10));
        write("b.png", grey(4, 6, 30));
        Path packed = folder.resolve("images.pack");
        new ImagePacker(PackFormat.RAW, OptionalInt.empty(), 1, 0).pack(folder, packed, (images, share) -> true);

        ScanReport report = ImageScan.of(packed, 3).run((scanned, unreadable) -> {}, () -> false);

        assertThat(report.kinds()).isEqualTo(Map.of("pixels", 2));
        assertThat(report.normalization()).map(Normalization::mean).isEqualTo(Optional.of(List.of(20 / 255.0)));
    }

    @Test
    void stopsWhereAskedAndTellsHowFarItCame() throws IOException {
        byte[] image = grey(2, 2, 9);
        for (int i = 0; i < 600; i++) {
            write(i + ".png", image);
        }
        int[] last = new int[1];

        ScanReport report = ImageScan.of(folder, 3).run((scanned, unreadable) -> last[0] = scanned, () -> last[0] >= 300);

        assertThat(report.scanned()).isEqualTo(512);
        assertThat(report.images()).isEqualTo(600);
    }

    private ScanReport scanOn(int threads) throws ExecutionException, InterruptedException {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(this::scan).get();
        } finally {
            pool.shutdown();
        }
    }

    private ScanReport scan() {
        return ImageScan.of(folder, 3).run((scanned, unreadable) -> {}, () -> false);
    }

    private static byte[] grey(int height, int width, int value) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value);
        }
        return ImageFiles.encode(image, "png");
    }

    private void write(String name, byte[] file) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), file);
    }
}
