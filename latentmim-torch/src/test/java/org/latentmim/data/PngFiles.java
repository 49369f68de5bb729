package org.latentmim.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Makes PNG files chunk by chunk. */
final class PngFiles {

    static final int GREY = 0;
    static final int PALETTE = 3;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngFiles() {}

    /** Returns an image of 8 bits; a palette of black alone, so that colours tell nothing. */
    static byte[] of(int kind, int height, int width, int... numbers) {
        byte[] rows = new byte[height * (width + 1)];
        for (int i = 0; i < numbers.length; i++) {
            rows[i / width * (width + 1) + 1 + i % width] = (byte) numbers[i];
        }
        return of(kind, 8, height, width, rows);
    }

    /**
     * @param rows each a byte for the filter and then its numbers, packed into bytes
     */
    static byte[] of(int kind, int bits, int height, int width, byte[] rows) {
        return file(header(kind, bits, height, width), chunk("PLTE", new byte[3 << bits]), chunk("IDAT", deflated(rows)),
                chunk("IEND"));
    }

    static byte[] file(byte[]... chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        for (byte[] chunk : chunks) {
            file.writeBytes(chunk);
        }
        return file.toByteArray();
    }

    static byte[] header(int kind, int bits, int height, int width) {
        return chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).put((byte) kind).array());
    }

    static byte[] chunk(String name, byte... content) {
        ByteBuffer chunk = ByteBuffer.allocate(content.length + 12).putInt(content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
        return chunk.putInt(checksum(chunk.array(), 4, content.length + 4)).array();
    }

    static byte[] deflated(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Gives every chunk the checksum that fits, as an enemy would do. */
    static byte[] withRightChecksums(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone());
        int at = SIGNATURE.length;
        while (at + 12 <= bytes.limit() && bytes.getInt(at) >= 0 && bytes.getInt(at) <= bytes.limit() - at - 12) {
            int length = bytes.getInt(at);
            bytes.putInt(at + 8 + length, checksum(bytes.array(), at + 4, length + 4));
            at += length + 12;
        }
        return bytes.array();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
