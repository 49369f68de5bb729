package org.latentmim.segmentation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latentmim.spi.LabelMap;

/**
 * The classes of the pixels of an image, patch by patch.
 *
 * @param patchPixels pixels of a patch
 * @param classes patch after patch, row by row in each; {@link #NOT_JUDGED} for what is no class
 */
record PatchLabels(int patchPixels, byte[] classes) {

    static final byte NOT_JUDGED = (byte) 255;

    /**
     * Resizes a map, nearest pixel by nearest pixel, and cuts it.
     *
     * @param side of a patch in pixels
     * @param known how many classes there are, at most 255; higher numbers are not judged
     */
    static PatchLabels of(LabelMap map, int rows, int columns, int side, int known) {
        int pixels = side * side;
        byte[] classes = new byte[Math.multiplyExact(rows * columns, pixels)];
        for (int y = 0; y < rows * side; y++) {
            int mapRow = nearest(y, rows * side, map.height());
            for (int x = 0; x < columns * side; x++) {
                int found = map.at(mapRow, nearest(x, columns * side, map.width()));
                int patch = y / side * columns + x / side;
                classes[patch * pixels + y % side * side + x % side] = found < known ? (byte) found : NOT_JUDGED;
            }
        }
        return new PatchLabels(pixels, classes);
    }

    /** Returns which of so many places along a length holds the middle of a place of another division of that length. */
    static int nearest(int place, int of, int among) {
        return (int) ((2L * place + 1) * among / (2L * of));
    }

    int patches() {
        return classes.length / patchPixels;
    }

    /** Returns the class that most pixels of a patch have, the lowest of several; {@link #NOT_JUDGED} too can be it. */
    byte mode(int patch) {
        int[] counts = new int[256];
        int most = 0;
        for (int i = patch * patchPixels; i < (patch + 1) * patchPixels; i++) {
            int found = Byte.toUnsignedInt(classes[i]);
            counts[found]++;
            if (counts[found] > counts[most] || counts[found] == counts[most] && found < most) {
                most = found;
            }
        }
        return (byte) most;
    }

    /** Returns the {@link #mode} of every patch, from 0 to 255. */
    int[] modes() {
        return IntStream.range(0, patches()).map(patch -> Byte.toUnsignedInt(mode(patch))).toArray();
    }

    /** Returns these patches; pixels that are not judged get the class of most pixels of their patch. */
    PatchLabels filled() {
        byte[] filled = classes.clone();
        for (int i = 0; i < filled.length; i++) {
            if (filled[i] == NOT_JUDGED) {
                filled[i] = mode(i / patchPixels);
            }
        }
        return new PatchLabels(patchPixels, filled);
    }

    PatchLabels range(int from, int to) {
        return new PatchLabels(patchPixels, Arrays.copyOfRange(classes, from * patchPixels, to * patchPixels));
    }
}
