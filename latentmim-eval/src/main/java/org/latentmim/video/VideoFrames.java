package org.latentmim.video;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.pytorch.global.torch.from_blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.ImageDecoder;
import org.latentmim.data.NativeImage;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;

/**
 * The frames of a video in the size in which DINO shows them: the short side as asked, the long one in proportion but a multiple
 * of 64, resized by OpenCV's bilinear; then what is no whole patch is cut off at the right and at the bottom.
 */
final class VideoFrames implements ImageSet {

    /** The step of the longer side, which a short side must have room for. */
    static final int STEP = 64;

    private final Video video;
    private final int channels;
    private final LabelMap mask;
    private final int height;
    private final int width;
    private final int patch;

    /**
     * @param mask has the size of every frame
     * @param shortSide in pixels, at least {@link #STEP}
     * @param patch side of a patch in pixels
     */
    VideoFrames(Video video, int channels, LabelMap mask, int shortSide, int patch) {
        boolean wide = mask.width() >= mask.height();
        int longSide = wide
                ? longSide(shortSide, mask.width(), mask.height())
                : longSide(shortSide, mask.height(), mask.width());
        this.video = video;
        this.channels = channels;
        this.mask = mask;
        this.height = wide ? shortSide : longSide;
        this.width = wide ? longSide : shortSide;
        this.patch = patch;
        if (rows() < 1 || columns() < 1) {
            throw Video.refused("shows frames of " + Video.size(height, width) + ", which have no room for a patch of " + patch);
        }
    }

    private static int longSide(int shortSide, long longer, long shorter) {
        return Math.toIntExact(shortSide * longer / shorter / STEP * STEP);
    }

    int rows() {
        return height / patch;
    }

    int columns() {
        return width / patch;
    }

    @Override
    public int size() {
        return video.frames().size();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public ImageData read(int index) throws IOException {
        Path file = video.frames().get(index);
        try (PointerScope scope = new PointerScope()) {
            NativeImage image =
                    new ImageDecoder(channels).decode(new ImageData.Encoded(Files.readAllBytes(file)), file.toString());
            if (image.height() != mask.height() || image.width() != mask.width()) {
                throw Video.refused("needs frames of the size of their masks, but " + file + " has "
                        + Video.size(image.height(), image.width()) + " and its mask " + Video.size(mask.height(), mask.width()));
            }
            Tensor pixels = image.pixels().contiguous();
            Mat resized = new Mat();
            opencv_imgproc.resize(new Mat(image.height(), image.width(), CV_8UC(channels), pixels.data_ptr()), resized,
                    new Size(width, height));
            Tensor whole = from_blob(resized.data(), new long[] {height, width, channels}, new TensorOptions(ScalarType.Byte));
            byte[] values = new byte[rows() * patch * columns() * patch * channels];
            new NativeImage(whole.narrow(0, 0, rows() * patch).narrow(1, 0, columns() * patch)).copyTo(values, 0);
            return new ImageData.Pixels(rows() * patch, columns() * patch, channels, values);
        }
    }

    @Override
    public String id(int index) {
        return video.frames().get(index).toString();
    }
}
