package org.latentmim.video;

import org.latentmim.spi.LabelMap;

/** Resizes label maps: each pixel becomes the one under its middle, as Pillow does it. */
final class NearestPixels {

    private NearestPixels() {}

    static LabelMap resize(LabelMap map, int height, int width) {
        int[] rows = sources(map.height(), height);
        int[] columns = sources(map.width(), width);
        byte[] resized = new byte[height * width];
        for (int row = 0; row < height; row++) {
            int from = rows[row] * map.width();
            for (int column = 0; column < width; column++) {
                resized[row * width + column] = map.classes()[from + columns[column]];
            }
        }
        return new LabelMap(height, width, resized);
    }

    /** Steps as Pillow does, whose rounding decides where a middle falls between two pixels. */
    private static int[] sources(int from, int to) {
        int[] sources = new int[to];
        double step = (double) from / to;
        double place = step / 2;
        for (int i = 0; i < to; i++) {
            sources[i] = (int) place;
            place += step;
        }
        return sources;
    }
}
