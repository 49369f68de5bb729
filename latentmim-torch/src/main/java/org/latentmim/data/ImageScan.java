package org.latentmim.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.Sha256;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/**
 * Reads every image of a set once, on all cores, to tell before a training what can be read and how to normalise it. What comes
 * out depends on the images alone: findings are counted and added in the set's order, whatever the threads. Immutable.
 */
public final class ImageScan {

    /** Is told how far a scan has come. */
    @FunctionalInterface
    public interface Progress {
        void at(int scanned, int unreadable);
    }

    private static final int AT_ONCE = 256;

    private final ImageSet images;

    ImageScan(ImageSet images) {
        this.images = images;
    }

    /**
     * Finds the images of a folder or of a packed file.
     *
     * @param channels of the images of a folder, 1 or 3
     * @throws IllegalArgumentException if there are none, or the place cannot be read
     */
    public static ImageScan of(Path place, int channels) {
        return new ImageScan(Files.isRegularFile(place)
                ? new PackedImageSet(new PackedImageSet.Config(place))
                : new FolderImageSet(new FolderImageSet.Config(place, channels)));
    }

    /**
     * Reads the images.
     *
     * @param progress is told now and then
     * @param stop whether to leave out the rest
     */
    public ScanReport run(Progress progress, BooleanSupplier stop) {
        Natives.load();
        ScanFindings findings = new ScanFindings(images.size());
        for (int from = 0; from < images.size() && !stop.getAsBoolean(); from += AT_ONCE) {
            List<ScannedImage> some = IntStream.range(from, Math.min(from + AT_ONCE, images.size())).parallel()
                    .mapToObj(this::scan).toList();
            some.forEach(findings::add);
            progress.at(findings.scanned(), findings.unreadable());
        }
        return findings.report();
    }

    private ScannedImage scan(int index) {
        String id = images.id(index);
        torch.set_num_threads(1);
        opencv_core.setNumThreads(1);
        try (PointerScope scope = new PointerScope()) {
            ImageData data = images.read(index);
            NativeImage image = new ImageDecoder(images.channels()).decode(data, id);
            Tensor pixels = image.pixels().contiguous();
            Mat mean = new Mat();
            Mat deviation = new Mat();
            opencv_core.meanStdDev(
                    new Mat(image.height(), image.width(), opencv_core.CV_8UC(images.channels()), pixels.data_ptr()),
                    mean, deviation);
            return new ScannedImage.Readable(id, image.height(), image.width(), header(data), fingerprint(bytes(data)),
                    values(mean), values(deviation));
        } catch (IOException e) {
            return new ScannedImage.Unreadable(id, Reason.of(e));
        }
    }

    private static Optional<ImageHeader> header(ImageData data) throws IOException {
        return data instanceof ImageData.Encoded file ? Optional.of(ImageHeader.read(file.bytes())) : Optional.empty();
    }

    private static byte[] bytes(ImageData data) {
        return data instanceof ImageData.Encoded file ? file.bytes() : ((ImageData.Pixels) data).values();
    }

    /** Returns 64 bits of SHA-256. */
    private static long fingerprint(byte[] bytes) {
        return HexFormat.fromHexDigitsToLong(Sha256.of(bytes), 0, 2 * Long.BYTES);
    }

    private static double[] values(Mat column) {
        double[] values = new double[column.rows()];
        try (DoubleIndexer numbers = column.createIndexer()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.get(i, 0);
            }
        }
        return values;
    }
}
