package org.latentmim.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageData;
import org.latentmim.testing.Fuzzing;

/** Fuzzes the decoders, in a JVM of its own: they write to its standard error, and could bring it down. */
final class ImageFuzz {

    private static final View VIEW = new EvaluationView(new PatchGrid(2, 2, 8, 0, 3), 16);

    private ImageFuzz() {}

    public static void main(String[] args) throws IOException {
        List<byte[]> seeds = List.of(
                jpeg(), ImageFiles.withOrientation(jpeg(), 6), ImageFiles.cmyk(16, 16, 255, 0, 255, 128),
                ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_INT_ARGB, "png"),
                ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_BYTE_INDEXED, "png"),
                ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_INT_RGB, "bmp"),
                ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_BYTE_INDEXED, "gif"),
                ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_INT_RGB, "tiff"),
                ImageFiles.webp(20, 30), ImageFiles.tiff(20, 30));
        byte[] pixels = new byte[VIEW.height() * VIEW.width() * VIEW.channels()];
        Fuzzing.run("image", seeds, input -> {
            try (PointerScope scope = new PointerScope()) {
                VIEW.render(new ListedImages(List.of(new ImageData.Encoded(input))), 0, null, pixels, 0);
            }
        }, IOException.class);
    }

    private static byte[] jpeg() throws IOException {
        return ImageFiles.redAndBlue(20, 30, BufferedImage.TYPE_INT_RGB, "jpeg");
    }
}
