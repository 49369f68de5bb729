package org.latentmim.data;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.latentmim.spi.LabelMap;

/** Reads label maps: grey or palette PNG files of up to 8 bits, in which a pixel's stored number, not its colour, is its class. */
public final class LabelMapFile {

    private static final int GREY = 0;
    private static final int PALETTE = 3;
    private static final int END = 0x49454e44; // IEND

    private LabelMapFile() {}

    /**
     * Reads the bytes of a file.
     *
     * @throws IOException if it is no label map, or a damaged one; the message follows the file's name
     */
    public static LabelMap read(byte[] file) throws IOException {
        ImageHeader header = ImageHeader.read(file);
        if (header.format() != ImageFormat.PNG) {
            throw new IOException("it is a " + header.format() + " file, and a label map is a PNG file");
        }
        int bits = file[24];
        int kind = file[25];
        if (kind != GREY && kind != PALETTE || bits > 8) {
            throw new IOException("it has colours or more than 8 bits,"
                    + " and a label map is a grey or palette PNG file of up to 8 bits");
        }
        checkChunks(ByteBuffer.wrap(file));
        Raster raster = decode(file);
        byte[] classes = new byte[header.height() * header.width()];
        int[] row = new int[header.width()];
        for (int y = 0; y < header.height(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                classes[y * row.length + x] = (byte) row[x];
            }
        }
        return new LabelMap(header.height(), header.width(), classes);
    }

    /** A wrong pixel is a wrong class, which nobody sees: the reader does not look at checksums. */
    private static void checkChunks(ByteBuffer file) throws IOException {
        CRC32 checksum = new CRC32();
        int at = 8;
        while (true) {
            if (at > file.limit() - 12 || file.getInt(at) > file.limit() - 12 - at) {
                throw new IOException("it is a PNG file that is cut off");
            }
            int length = file.getInt(at);
            checksum.reset();
            checksum.update(file.array(), at + 4, length + 4);
            if ((int) checksum.getValue() != file.getInt(at + 8 + length)) {
                throw new IOException("it is a PNG file that is damaged: the checksum of what begins at byte " + at + " is wrong");
            }
            if (file.getInt(at + 4) == END) {
                return;
            }
            at += length + 12;
        }
    }

    private static Raster decode(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, true, true); // passes over texts, which may be huge
            reader.addIIOReadWarningListener((source, warning) -> {
                throw new IllegalArgumentException(warning);
            });
            Raster raster = reader.read(0).getRaster();
            if (raster.getNumBands() != 1) {
                throw new IOException("it has transparency, and a label map has one number a pixel");
            }
            return raster;
        } catch (RuntimeException | IIOException e) {
            throw new IOException("it is a PNG file that is damaged: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }
}
