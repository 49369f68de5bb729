package org.latentmim.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.pytorch.global.torch.from_blob;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.ImageData;

/**
 * Makes pixels of what an image set has read: 8 bits, channels in the order red, green, blue, upright as a camera's orientation
 * says. Files become grey or coloured as asked; transparency is dropped.
 *
 * @param channels values of a pixel
 */
public record ImageDecoder(int channels) {

    /**
     * Decodes into the open pointer scope.
     *
     * @param id what to call the image in messages
     * @throws IOException if it is no image, or not one with these channels
     */
    public NativeImage decode(ImageData data, String id) throws IOException {
        return decode(data, id, Reduction.NONE);
    }

    /**
     * Decodes a JPEG file to a part of its size, and all else as it is.
     *
     * @throws IOException as {@link #decode(ImageData, String)}
     */
    NativeImage decode(ImageData data, String id, Reduction reduction) throws IOException {
        return data instanceof ImageData.Encoded file
                ? decodeFile(file.bytes(), id, reduction)
                : wrap((ImageData.Pixels) data, id);
    }

    private NativeImage decodeFile(byte[] bytes, String id, Reduction reduction) throws IOException {
        if (channels != 1 && channels != 3) {
            throw new IOException(
                    "cannot decode " + id + ": an image file gives 1 or 3 channels, but " + channels + " are asked for");
        }
        header(bytes, id);
        Mat file = new Mat(1, bytes.length, CV_8UC1, new BytePointer(bytes));
        Mat image;
        try {
            image = imdecode(file, (channels == 3 ? IMREAD_COLOR_RGB : IMREAD_GRAYSCALE) | reduction.flag());
        } catch (RuntimeException e) {
            throw new IOException("cannot decode " + id + ": " + e.toString().lines().findFirst().orElseThrow(), e);
        }
        if (image.empty()) {
            throw new IOException("cannot decode " + id + ": its " + bytes.length + " bytes are no image, or a damaged one");
        }
        return new NativeImage(from_blob(image.data(), new long[] {image.rows(), image.cols(), channels},
                new long[] {image.step(), channels, 1}, new TensorOptions(ScalarType.Byte)));
    }

    /** A decoder sees what it knows alone, and no more pixels than fit: it would believe what a few bytes say. */
    static ImageHeader header(byte[] bytes, String id) throws IOException {
        try {
            if (bytes.length == 0) {
                throw new IOException("it is empty");
            }
            return ImageHeader.read(bytes);
        } catch (IOException e) {
            throw new IOException("cannot decode " + id + ": " + e.getMessage(), e);
        }
    }

    private NativeImage wrap(ImageData.Pixels image, String id) throws IOException {
        if (image.channels() != channels && (image.channels() != 1 || channels != 3)) {
            throw new IOException(
                    "cannot use " + id + ": it has " + image.channels() + " channels, but " + channels + " are asked for");
        }
        Tensor pixels = from_blob(new BytePointer(image.values()), new long[] {image.height(), image.width(), image.channels()},
                new TensorOptions(ScalarType.Byte));
        return new NativeImage(pixels.expand(image.height(), image.width(), channels));
    }
}
