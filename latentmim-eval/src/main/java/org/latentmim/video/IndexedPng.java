package org.latentmim.video;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.latentmim.spi.LabelMap;

/** Masks as PNG files: a pixel is the number of its object, not its colour. */
final class IndexedPng {

    private static final int COLOURS = 256;

    private IndexedPng() {}

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
