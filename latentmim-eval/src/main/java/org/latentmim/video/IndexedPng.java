package org.latentmim.video;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.latentmim.spi.LabelMap;

/** Masks as PNG files: a pixel is the number of its object, not its colour. */
final class IndexedPng {

    private static final int COLOURS = 256;

    private IndexedPng() {}

    /**
     * Reads a file with a palette, or a grey one whose levels are the labels.
     *
     * @throws IOException if it is none; the message follows the file's name
     */
    static LabelMap read(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        if (image == null) {
            throw new IOException("its " + file.length + " bytes are no image");
        }
        Raster raster = image.getRaster();
        if (raster.getNumBands() != 1 || raster.getTransferType() != DataBuffer.TYPE_BYTE) {
            throw new IOException("it has neither a palette nor 8 bits of grey");
        }
        byte[] labels = new byte[image.getWidth() * image.getHeight()];
        raster.getDataElements(0, 0, image.getWidth(), image.getHeight(), labels);
        return new LabelMap(image.getHeight(), image.getWidth(), labels);
    }

    /** Returns a file with the palette of DAVIS. */
    static byte[] write(LabelMap map) {
        BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_INDEXED, palette());
        image.getRaster().setDataElements(0, 0, map.width(), map.height(), map.classes());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream file = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written but memory
        }
        return bytes.toByteArray();
    }

    /** Neighbours differ much: the bits of a label are dealt out to the highest bits of red, green and blue in turn. */
    private static IndexColorModel palette() {
        byte[][] channels = new byte[3][COLOURS];
        for (int label = 0; label < COLOURS; label++) {
            for (int bit = 0; bit < 8; bit++) {
                channels[bit % 3][label] |= (byte) ((label >> bit & 1) << 7 - bit / 3);
            }
        }
        return new IndexColorModel(8, COLOURS, channels[0], channels[1], channels[2]);
    }
}
