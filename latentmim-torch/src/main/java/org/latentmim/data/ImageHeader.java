package org.latentmim.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an image file says of itself before its pixels, read without a decoder: it decides whether a decoder gets to see the file.
 *
 * @param height in pixels, as stored: before a camera's orientation turns it
 * @param width in pixels, as stored
 * @param channels values of a pixel in the file: 1 grey, 2 grey with transparency, 3 colour, 4 with transparency or for print;
 *     colours of a palette count as 3
 * @param bits of a value, at least 8
 */
record ImageHeader(ImageFormat format, int height, int width, int channels, int bits) {

    /** What half a gibibyte holds in colour; Pillow stops at the same number. */
    static final int MOST_PIXELS = (1 << 29) / 3;

    /**
     * Reads the header of a file.
     *
     * @throws IOException if there is none, or it announces no pixels or too many; the message follows the file's name
     */
    static ImageHeader read(byte[] file) throws IOException {
        ImageFormat format = ImageFormat.of(file)
                .orElseThrow(() -> new IOException("its " + file.length + " bytes are no " + ImageFormat.ALL));
        ByteBuffer bytes = ByteBuffer.wrap(file);
        ImageHeader header;
        try {
            header = switch (format) {
                case JPEG -> jpeg(bytes);
                case PNG -> png(bytes);
                case BMP -> bmp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case WEBP -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case GIF -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case TIFF -> TiffDirectory.read(bytes).header();
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("its " + file.length + " bytes end within the header of a " + format + " file", e);
        }
        checkSize(header.height, header.width);
        if (header.bits > 16) {
            throw new IOException("its values have " + header.bits + " bits, and those of 8 or 16 are read");
        }
        return header;
    }

    /**
     * @throws IOException if so many pixels are none, or more than are held in memory; the message follows the image's name
     */
    static void checkSize(long height, long width) throws IOException {
        if (height < 1 || width < 1 || height > MOST_PIXELS / width) {
            throw new IOException("it would have " + height + " x " + width + " pixels, and an image has from 1 to "
                    + MOST_PIXELS);
        }
    }

    private static ImageHeader jpeg(ByteBuffer bytes) throws IOException {
        bytes.position(2);
        while (true) {
            int marker = jpegMarker(bytes);
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                continue; // nothing follows these
            }
            if (marker == 0xd9 || marker == 0xda) {
                throw new IOException("it is a JPEG file without a size");
            }
            int length = Short.toUnsignedInt(bytes.getShort(bytes.position()));
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                int frame = bytes.position() + Short.BYTES;
                return new ImageHeader(ImageFormat.JPEG, Short.toUnsignedInt(bytes.getShort(frame + 1)),
                        Short.toUnsignedInt(bytes.getShort(frame + 3)), bytes.get(frame + 5) & 0xff, bytes.get(frame) & 0xff);
            }
            skip(bytes, length);
        }
    }

    /** Decoders pass over what stands between segments, and over filling, to the next marker. */
    private static int jpegMarker(ByteBuffer bytes) {
        int at = bytes.position();
        while (bytes.get(at) != (byte) 0xff) {
            at++;
        }
        while (bytes.get(at) == (byte) 0xff) {
            at++;
        }
        bytes.position(at + 1);
        return bytes.get(at) & 0xff;
    }

    private static void skip(ByteBuffer bytes, int length) {
        if (length < Short.BYTES || length > bytes.remaining()) {
            throw new IndexOutOfBoundsException(length);
        }
        bytes.position(bytes.position() + length);
    }

    private static ImageHeader png(ByteBuffer bytes) throws IOException {
        if (bytes.getInt(12) != 0x49484452) { // IHDR
            throw new IOException("it is a PNG file that does not start with its size");
        }
        checkPngChunks(bytes);
        int channels = switch (bytes.get(25)) {
            case 0 -> 1;
            case 4 -> 2;
            case 6 -> 4;
            default -> 3;
        };
        return new ImageHeader(ImageFormat.PNG, bytes.getInt(20), bytes.getInt(16), channels, Math.max(8, bytes.get(24)));
    }

    /** The decoder would reserve what a chunk says that it holds: up to 4 GiB for a file of some bytes. */
    private static void checkPngChunks(ByteBuffer bytes) throws IOException {
        for (long at = 8; at + 8 <= bytes.limit();) {
            long length = Integer.toUnsignedLong(bytes.getInt((int) at));
            if (length > bytes.limit() - at - 8) {
                throw new IOException("it is a PNG file that is cut off, or damaged: from byte " + at + " on it would have "
                        + length + " bytes");
            }
            at += length + 12;
        }
    }

    private static ImageHeader bmp(ByteBuffer bytes) {
        boolean old = bytes.getInt(14) == 12;
        int height = old ? Short.toUnsignedInt(bytes.getShort(20)) : bytes.getInt(22);
        int width = old ? Short.toUnsignedInt(bytes.getShort(18)) : bytes.getInt(18);
        int channels = bytes.getShort(old ? 24 : 28) == 32 ? 4 : 3;
        return new ImageHeader(ImageFormat.BMP, Math.abs(height), width, channels, 8); // rows from above count below zero
    }

    private static ImageHeader webp(ByteBuffer bytes) throws IOException {
        return switch (bytes.getInt(12)) {
            case 0x20385056 -> webp(bytes.getShort(28) & 0x3fff, bytes.getShort(26) & 0x3fff, false); // "VP8 "
            case 0x4c385056 -> { // "VP8L"
                int sizes = bytes.getInt(21);
                yield webp((sizes >>> 14 & 0x3fff) + 1, (sizes & 0x3fff) + 1, (sizes >>> 28 & 1) == 1);
            }
            case 0x58385056 -> // "VP8X"
                webp((bytes.getInt(26) >>> 8) + 1, (bytes.getInt(24) & 0xffffff) + 1, (bytes.get(20) & 0x10) != 0);
            default -> throw new IOException("it is a WebP file that does not start with its size");
        };
    }

    private static ImageHeader webp(int height, int width, boolean transparent) {
        return new ImageHeader(ImageFormat.WEBP, height, width, transparent ? 4 : 3, 8);
    }

    private static ImageHeader gif(ByteBuffer bytes) {
        return new ImageHeader(ImageFormat.GIF,
                Short.toUnsignedInt(bytes.getShort(8)), Short.toUnsignedInt(bytes.getShort(6)), 3, 8);
    }
}
