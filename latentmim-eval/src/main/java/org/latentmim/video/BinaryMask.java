package org.latentmim.video;

import org.latentmim.spi.LabelMap;

/** Which pixels belong to something, 64 of a row to a word, the leftmost in the lowest bit; bits beyond the width are 0. */
final class BinaryMask {

    private static final double TOLERANCE = 0.008; // how far boundaries may lie apart, as a share of the diagonal

    private final int height;
    private final int width;
    private final int words;
    private final long[] bits;

    private BinaryMask(int height, int width) {
        this.height = height;
        this.width = width;
        this.words = (width + Long.SIZE - 1) / Long.SIZE;
        this.bits = new long[height * words];
    }

    /** Returns the pixels with one label. */
    static BinaryMask of(LabelMap map, int label) {
        BinaryMask mask = new BinaryMask(map.height(), map.width());
        byte wanted = (byte) label;
        int pixel = 0;
        for (int row = 0; row < mask.height; row++) {
            int first = row * mask.words;
            for (int column = 0; column < mask.width; column++) {
                if (map.classes()[pixel++] == wanted) {
                    mask.bits[first + (column >> 6)] |= 1L << column;
                }
            }
        }
        return mask;
    }

    /** Returns J: the pixels that both masks have as a share of those that one of them has; 1 if none has any. */
    double regionSimilarity(BinaryMask truth) {
        long both = 0;
        long any = 0;
        for (int i = 0; i < bits.length; i++) {
            both += Long.bitCount(bits[i] & truth.bits[i]);
            any += Long.bitCount(bits[i] | truth.bits[i]);
        }
        return any == 0 ? 1 : (double) both / any;
    }

    /** Returns F: the harmonic mean of the shares of either boundary that lie near the other. */
    double boundaryAccuracy(BinaryMask truth) {
        int tolerance = (int) Math.ceil(TOLERANCE * Math.sqrt((double) height * height + (double) width * width));
        BinaryMask own = boundary();
        BinaryMask wanted = truth.boundary();
        long ownSize = own.size();
        long wantedSize = wanted.size();
        if (ownSize == 0 || wantedSize == 0) {
            return ownSize == wantedSize ? 1 : 0;
        }
        double precision = (double) own.sharedWith(wanted.dilated(tolerance)) / ownSize;
        double recall = (double) wanted.sharedWith(own.dilated(tolerance)) / wantedSize;
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /**
     * Returns the pixels that differ from the next one to the right, below, or both ways; in the last column from the one below
     * alone, and in the last row from the one to the right. The last pixel is none of them.
     */
    BinaryMask boundary() {
        BinaryMask boundary = new BinaryMask(height, width);
        int lastWord = words - 1;
        long lastColumn = 1L << width - 1;
        for (int row = 0; row < height - 1; row++) {
            for (int word = 0; word < words; word++) {
                long here = word(row, word);
                long below = word(row + 1, word);
                long differs = here ^ right(row, word) | here ^ below | here ^ right(row + 1, word);
                boundary.bits[row * words + word] =
                        word == lastWord ? differs & ~lastColumn | (here ^ below) & lastColumn : differs;
            }
        }
        for (int word = 0; word < words; word++) {
            long differs = word(height - 1, word) ^ right(height - 1, word);
            boundary.bits[(height - 1) * words + word] = word == lastWord ? differs & ~lastColumn : differs;
        }
        return boundary;
    }

    /**
     * Returns the pixels at most {@code radius} away from one of these. Each row is widened step by step; as the disk narrows
     * with the distance of rows, the rows furthest away come first. Bits beyond the width are set too.
     */
    private BinaryMask dilated(int radius) {
        BinaryMask dilated = new BinaryMask(height, width);
        long[] wide = new long[words];
        for (int row = 0; row < height; row++) {
            System.arraycopy(bits, row * words, wide, 0, words);
            if (isEmpty(wide)) {
                continue;
            }
            int reach = 0;
            for (int away = radius; away >= 0; away--) {
                while ((reach + 1) * (reach + 1) + away * away <= radius * radius) {
                    widen(wide);
                    reach++;
                }
                dilated.add(wide, row - away);
                dilated.add(wide, row + away);
            }
        }
        return dilated;
    }

    private static boolean isEmpty(long[] row) {
        long any = 0;
        for (long word : row) {
            any |= word;
        }
        return any == 0;
    }

    private static void widen(long[] row) {
        long before = 0;
        for (int i = 0; i < row.length; i++) {
            long here = row[i];
            long after = i + 1 < row.length ? row[i + 1] : 0;
            row[i] = here | here << 1 | before >>> 63 | here >>> 1 | after << 63;
            before = here;
        }
    }

    private void add(long[] pixels, int row) {
        if (row >= 0 && row < height) {
            for (int i = 0; i < words; i++) {
                bits[row * words + i] |= pixels[i];
            }
        }
    }

    private long word(int row, int word) {
        return bits[row * words + word];
    }

    /** Returns the pixels to the right of those of a word. */
    private long right(int row, int word) {
        return word(row, word) >>> 1 | (word + 1 < words ? word(row, word + 1) << 63 : 0);
    }

    private long size() {
        return sharedWith(this);
    }

    private long sharedWith(BinaryMask other) {
        long shared = 0;
        for (int i = 0; i < bits.length; i++) {
            shared += Long.bitCount(bits[i] & other.bits[i]);
        }
        return shared;
    }
}
