package org.latentmim.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes image files. */
final class ImageFiles {

    private ImageFiles() {}

    /** Returns a file with a left half in red and a right half in blue. */
    static byte[] redAndBlue(int height, int width, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? Color.RED.getRGB() : Color.BLUE.getRGB());
            }
        }
        return encode(image, format);
    }

    static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("cannot write " + format);
        }
        return bytes.toByteArray();
    }

    /** Returns a JPEG file of four channels; 255 means no ink. */
    static byte[] cmyk(int height, int width, int... color) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, color);
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Returns a JPEG file as a camera writes it that was held in one of eight ways. */
    static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0});
        bytes.write(Arrays.copyOfRange(jpeg, 2, jpeg.length));
        return bytes.toByteArray();
    }

    /** Returns a file without loss, with colours by chance. */
    static byte[] webp(int height, int width) {
        return encode(random(height, width), ".webp");
    }

    /** Returns a file of 16 bits a value, with colours by chance. */
    static byte[] tiff(int height, int width) {
        Mat wide = new Mat();
        random(height, width).convertTo(wide, opencv_core.CV_16UC3, 257, 0);
        return encode(wide, ".tiff");
    }

    /** Returns a TIFF file of 32-bit floats, with colours by chance. */
    static byte[] floats(int height, int width) {
        Mat floats = new Mat();
        random(height, width).convertTo(floats, opencv_core.CV_32FC3, 1 / 255.0, 0);
        return encode(floats, ".tiff");
    }

    /** Returns a GIF file with a second, black frame. */
    static byte[] animated(byte[] gif) throws IOException {
        BufferedImage first = ImageIO.read(new ByteArrayInputStream(gif));
        BufferedImage second = new BufferedImage(first.getWidth(), first.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            writer.writeToSequence(new IIOImage(first, null, null), null);
            writer.writeToSequence(new IIOImage(second, null, null), null);
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] encode(Mat image, String ending) {
        BytePointer encoded = new BytePointer();
        opencv_imgcodecs.imencode(ending, image, encoded);
        byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
        encoded.get(bytes);
        return bytes;
    }

    private static Mat random(int height, int width) {
        byte[] values = new byte[3 * height * width];
        new Random(5).nextBytes(values);
        return new Mat(height, width, opencv_core.CV_8UC3, new BytePointer(values));
    }
}
