package org.latentmim.segmentation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.data.ImageDecoder;
import org.latentmim.data.NativeImage;
import org.latentmim.spi.ImageSet;

/** An image three times, side by side: as it is, under the colours of its true segments, and under those of the clusters. */
final class Overlay {

    /** Told apart without seeing red and green too: nine of Paul Tol's "muted" colours, then three of Okabe and Ito's. */
    private static final int[] COLOURS = {
        0x332288, 0x88ccee, 0x44aa99, 0x117733, 0x999933, 0xddcc77, 0xcc6677, 0x882255, 0xaa4499, 0xe69f00, 0xf0e442, 0x0072b2
    };

    private static final int NONE = -1;
    private static final int GAP = 8;

    private final int height;
    private final int width;
    private final BufferedImage canvas;

    private Overlay(int height, int width) {
        this.height = height;
        this.width = width;
        this.canvas = new BufferedImage(3 * width + 2 * GAP, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < canvas.getWidth(); x++) {
                canvas.setRGB(x, y, 0xffffff);
            }
        }
    }

    /**
     * Paints an image of which each segment has a cluster.
     *
     * @param clusters of the patches of a square of {@code perSide * perSide}
     * @return a PNG file
     */
    static byte[] of(ImageSet images, int index, TrueSegments truth, SegmentMatch match, int[] clusters, int perSide)
            throws IOException {
        int[] classOf = new int[truth.count()];
        for (int segment = 0; segment < classOf.length; segment++) {
            classOf[match.clusterOf()[segment]] = truth.classes()[segment];
        }
        int[] segments = truth.ofClasses();
        int height = truth.map().height();
        int width = truth.map().width();
        Overlay overlay = new Overlay(height, width);
        int[] pixels = pixels(images, index, height, width);
        overlay.paint(0, pixels, (y, x) -> NONE);
        overlay.paint(1, pixels, (y, x) -> segments[truth.map().at(y, x)] < 0 ? NONE : truth.map().at(y, x));
        overlay.paint(2, pixels, (y, x) -> classOf[clusters[
                PatchLabels.nearest(y, height, perSide) * perSide + PatchLabels.nearest(x, width, perSide)]]);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(overlay.canvas, "png", file);
        return file.toByteArray();
    }

    private void paint(int panel, int[] pixels, IntBinaryOperator classAt) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int found = classAt.applyAsInt(y, x);
                int pixel = pixels[y * width + x];
                canvas.setRGB(panel * (width + GAP) + x, y, found == NONE ? pixel : mean(pixel, COLOURS[found % COLOURS.length]));
            }
        }
    }

    private static int mean(int one, int other) {
        return ((one & 0xfefefe) >> 1) + ((other & 0xfefefe) >> 1);
    }

    /** Three channels are red, green and blue; any others are averaged to grey. */
    private static int[] pixels(ImageSet images, int index, int height, int width) throws IOException {
        int channels = images.channels();
        byte[] values;
        try (PointerScope scope = new PointerScope()) {
            NativeImage image = new ImageDecoder(channels).decode(images.read(index), images.id(index));
            if (image.height() != height || image.width() != width) {
                throw new IllegalArgumentException("the label map of " + images.id(index) + " has " + height + " x " + width
                        + " pixels, but the image has " + image.height() + " x " + image.width());
            }
            values = new byte[image.height() * image.width() * channels];
            image.copyTo(values, 0);
        }
        int[] pixels = new int[values.length / channels];
        Arrays.setAll(pixels, i -> channels == 3
                ? (values[3 * i] & 0xff) << 16 | (values[3 * i + 1] & 0xff) << 8 | values[3 * i + 2] & 0xff
                : grey(values, i * channels, channels) * 0x010101);
        return pixels;
    }

    private static int grey(byte[] values, int from, int channels) {
        int sum = 0;
        for (int i = from; i < from + channels; i++) {
            sum += values[i] & 0xff;
        }
        return sum / channels;
    }
}
