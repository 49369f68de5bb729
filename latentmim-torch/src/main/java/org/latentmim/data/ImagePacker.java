package org.latentmim.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/**
 * Makes one file of a set of images, for the image set {@code packed}: in the set's order, with its ids, labels and classes.
 *
 * @param format how to hold the images
 * @param shortSide images with more pixels on their short side are made smaller; none if left out
 */
public record ImagePacker(PackFormat format, OptionalInt shortSide) {

    private static final int QUALITY = 95;
    private static final int AT_ONCE = 64;

    private record Packed(int height, int width, byte[] bytes) {}

    /**
     * Packs the images of a folder, as the image set {@code folder} finds them.
     *
     * @param channels of the images, 1 or 3
     * @param file to write, in place of one that is there
     * @return the number of images
     * @throws IllegalArgumentException if there are no images
     * @throws IOException if an image cannot be decoded, or the file not be written
     */
    public int pack(Path folder, int channels, Path file) throws IOException {
        ImageSet images = new FolderImageSet(new FolderImageSet.Config(folder, channels));
        pack(images, file);
        return images.size();
    }

    void pack(ImageSet images, Path file) throws IOException {
        try {
            AtomicWrite.file(file, channel -> write(images, channel));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void write(ImageSet images, FileChannel channel) throws IOException {
        List<PackIndex.Entry> entries = new ArrayList<>();
        channel.position(PackedImageSet.START);
        for (int from = 0; from < images.size(); from += AT_ONCE) {
            List<Packed> some = IntStream.range(from, Math.min(from + AT_ONCE, images.size())).parallel()
                    .mapToObj(i -> packed(images, i)).toList();
            for (Packed image : some) {
                int index = entries.size();
                entries.add(new PackIndex.Entry(channel.position(), image.bytes().length, PackedImageSet.checksum(image.bytes()),
                        image.height(), image.width(), images.label(index), images.id(index)));
                writeAll(channel, ByteBuffer.wrap(image.bytes()));
            }
        }
        byte[] index = new PackIndex(format, images.channels(), images.classes(), entries).toBytes();
        long offset = channel.position();
        writeAll(channel, ByteBuffer.wrap(index));
        channel.position(0);
        writeAll(channel, ByteBuffer.allocate(PackedImageSet.START).put(PackedImageSet.MAGIC).putLong(offset).putInt(index.length)
                .putInt(PackedImageSet.checksum(index)).flip());
    }

    private Packed packed(ImageSet images, int index) {
        torch.set_num_threads(1);
        try (PointerScope scope = new PointerScope()) {
            ImageData data = images.read(index);
            NativeImage decoded = new ImageDecoder(images.channels()).decode(data, images.id(index));
            boolean smaller = Math.min(decoded.height(), decoded.width()) > shortSide.orElse(Integer.MAX_VALUE);
            NativeImage image = smaller ? decoded.shortSideTo(shortSide.getAsInt()) : decoded;
            return new Packed(image.height(), image.width(), switch (format) {
                case RAW -> raw(image, images.channels());
                case JPEG -> !smaller && data instanceof ImageData.Encoded file ? file.bytes() : jpeg(image, images.channels());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] raw(NativeImage image, int channels) {
        byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(image.height(), image.width()), channels)];
        image.copyTo(bytes, 0);
        return bytes;
    }

    private static byte[] jpeg(NativeImage image, int channels) {
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

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
