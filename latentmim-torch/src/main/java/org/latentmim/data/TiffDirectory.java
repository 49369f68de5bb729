package org.latentmim.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first directory of a TIFF file: numbers by their tag. Where a tag stands twice the largest number counts, so that no reader
 * can be told a larger image than this one.
 */
record TiffDirectory(Map<Integer, Long> numbers) {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int MEANING = 262;
    private static final int SAMPLES = 277;
    private static final Set<Integer> WANTED = Set.of(WIDTH, HEIGHT, BITS, MEANING, SAMPLES);
    private static final int PALETTE = 3;
    private static final int BIG = 43;

    static TiffDirectory read(ByteBuffer bytes) {
        bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean big = bytes.getShort(2) == BIG;
        int at = index(big ? bytes.getLong(8) : Integer.toUnsignedLong(bytes.getInt(4)));
        int entries = big ? index(bytes.getLong(at)) : Short.toUnsignedInt(bytes.getShort(at));
        int size = big ? 20 : 12;
        Map<Integer, Long> numbers = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            int entry = index(at + (big ? Long.BYTES : Short.BYTES) + (long) i * size);
            int tag = Short.toUnsignedInt(bytes.getShort(entry));
            if (WANTED.contains(tag)) {
                numbers.merge(tag, number(bytes, entry, big), Math::max);
            }
        }
        return new TiffDirectory(numbers);
    }

    /** The number itself, or the first of several; they lie elsewhere if they have no room here. */
    private static long number(ByteBuffer bytes, int entry, boolean big) {
        int type = bytes.getShort(entry + 2);
        int width = switch (type) {
            case 1 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            case 16 -> 8;
            default -> 0;
        };
        if (width == 0) {
            return 0; // no whole number
        }
        long count = big ? bytes.getLong(entry + 4) : Integer.toUnsignedLong(bytes.getInt(entry + 4));
        int room = big ? Long.BYTES : Integer.BYTES;
        int place = entry + 4 + room;
        if (count < 0 || count > room / width) {
            place = index(big ? bytes.getLong(place) : Integer.toUnsignedLong(bytes.getInt(place)));
        }
        return switch (width) {
            case 1 -> bytes.get(place) & 0xff;
            case 2 -> Short.toUnsignedInt(bytes.getShort(place));
            case 4 -> Integer.toUnsignedLong(bytes.getInt(place));
            default -> bytes.getLong(place);
        };
    }

    private static int index(long place) {
        if (place < 0 || place > Integer.MAX_VALUE) {
            throw new IndexOutOfBoundsException(place);
        }
        return (int) place;
    }

    ImageHeader header() throws IOException {
        long height = numbers.getOrDefault(HEIGHT, 0L);
        long width = numbers.getOrDefault(WIDTH, 0L);
        ImageHeader.checkSize(height, width);
        boolean palette = numbers.getOrDefault(MEANING, 0L) == PALETTE;
        int channels = palette ? 3 : (int) Math.min(255, numbers.getOrDefault(SAMPLES, 1L));
        int bits = (int) Math.max(8, Math.min(255, numbers.getOrDefault(BITS, 1L)));
        return new ImageHeader(ImageFormat.TIFF, (int) height, (int) width, channels, bits);
    }
}
