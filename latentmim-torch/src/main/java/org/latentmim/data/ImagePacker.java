package org.latentmim.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Natives;
import org.latentmim.spi.ImageData;

/**
 * Makes one file of the images of a folder or a tar, for the image set {@code packed}: in the order of their paths, with the
 * folders as classes. Images that cannot be read are left out and listed, and too many of them are a failure, as in training.
 *
 * @param format how to hold the images
 * @param shortSide images with more pixels on their short side are made smaller; none if left out
 * @param channels of the images, 1 or 3
 * @param tolerated share of the images that may be unreadable, from 0 to 1
 */
public record ImagePacker(PackFormat format, OptionalInt shortSide, int channels, double tolerated) {

    private static final int QUALITY = 95;
    private static final int AT_ONCE_PER_CORE = 4;

    private record Packed(String path, int height, int width, byte[] bytes) {}

    public ImagePacker {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, but is " + channels);
        }
    }

    /**
     * Packs the images of a folder, as the image set {@code folder} finds them, or of a tar, compressed by gzip or not. The file
     * is there when all of it is.
     *
     * @param file to write, in place of one that is there
     * @throws IllegalArgumentException if there are no images
     * @throws FailureException if more images than tolerated cannot be read
     * @throws CancellationException if {@code progress} did not want to go on
     * @throws IOException if the source as a whole cannot be read, or the file not be written
     */
    public PackReport pack(Path source, Path file, PackProgress progress) throws IOException {
        Natives.load();
        UnreadableImages unreadable = new UnreadableImages(tolerated);
        int[] packed = new int[1];
        try (PackSource images = PackSource.of(source)) {
            AtomicWrite.file(file, channel -> packed[0] = write(images, source, channel, unreadable, progress));
        }
        return new PackReport(packed[0], unreadable.list());
    }

    private int write(PackSource source, Path place, FileChannel channel, UnreadableImages unreadable, PackProgress progress)
            throws IOException {
        int atOnce = AT_ONCE_PER_CORE * Runtime.getRuntime().availableProcessors();
        PackedFileWriter writer = new PackedFileWriter(channel);
        Set<String> paths = new HashSet<>();
        for (List<PackSource.Item> items = source.next(atOnce); !items.isEmpty(); items = source.next(atOnce)) {
            for (Packed image : packed(items, paths.size(), unreadable)) {
                writer.append(image.path(), image.height(), image.width(), image.bytes());
            }
            for (PackSource.Item item : items) {
                if (!paths.add(item.path())) {
                    throw new IOException("cannot read " + place + ": it has " + item.path() + " twice");
                }
            }
            if (source.size().isPresent()) {
                unreadable.failIfTooMany(source.size().getAsInt());
            }
            if (!progress.packed(writer.images(), source.share())) {
                throw new CancellationException();
            }
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException(ImageNames.noneIn(place));
        }
        unreadable.failIfTooMany(paths.size());
        if (writer.images() == 0) {
            throw unreadable.tooMany(paths.size());
        }
        String prefix = source.prefix();
        List<String> ids = paths.stream().map(path -> path.substring(prefix.length())).toList();
        writer.finish(format, channels, FolderClasses.of(ids), prefix);
        return writer.images();
    }

    private List<Packed> packed(List<PackSource.Item> items, int first, UnreadableImages unreadable) {
        return IntStream.range(0, items.size()).parallel().mapToObj(i -> {
            try {
                return Optional.of(packed(items.get(i)));
            } catch (IOException e) {
                unreadable.add(first + i, items.get(i).path(), e);
                return Optional.<Packed>empty();
            }
        }).flatMap(Optional::stream).toList();
    }

    private Packed packed(PackSource.Item item) throws IOException {
        torch.set_num_threads(1);
        try (PointerScope scope = new PointerScope()) {
            ImageData data = item.content().read();
            NativeImage decoded = new ImageDecoder(channels).decode(data, item.path());
            boolean smaller = Math.min(decoded.height(), decoded.width()) > shortSide.orElse(Integer.MAX_VALUE);
            NativeImage image = smaller ? decoded.shortSideTo(shortSide.getAsInt()) : decoded;
            long size = (long) image.height() * image.width() * channels;
            if (size > PackIndex.LARGEST_IMAGE) {
                throw new IOException("cannot pack " + item.path() + ": its " + image.height() + " x " + image.width()
                        + " pixels are more than " + PackIndex.LARGEST_IMAGE + " bytes; --short-side makes it smaller");
            }
            return new Packed(item.path(), image.height(), image.width(), switch (format) {
                case RAW -> raw(image, (int) size);
                case JPEG -> !smaller && data instanceof ImageData.Encoded file ? file.bytes() : jpeg(image);
            });
        }
    }

    private static byte[] raw(NativeImage image, int size) {
        byte[] bytes = new byte[size];
        image.copyTo(bytes, 0);
        return bytes;
    }

    private byte[] jpeg(NativeImage image) {
        Tensor pixels = image.pixels().contiguous();
        Mat rgb = new Mat(image.height(), image.width(), opencv_core.CV_8UC(channels), pixels.data_ptr());
        Mat inFileOrder = rgb;
        if (channels == 3) {
            inFileOrder = new Mat();
            opencv_imgproc.cvtColor(rgb, inFileOrder, opencv_imgproc.COLOR_RGB2BGR);
        }
        BytePointer encoded = new BytePointer();
        opencv_imgcodecs.imencode(".jpg", inFileOrder, encoded,
                new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, QUALITY));
        byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
        encoded.get(bytes);
        return bytes;
    }
}
