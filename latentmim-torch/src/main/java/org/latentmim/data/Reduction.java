package org.latentmim.data;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;

/** How much smaller a JPEG file can be decoded than it is: from fewer coefficients of each of its blocks of 8 x 8. */
enum Reduction {
    EIGHTH(8, IMREAD_REDUCED_GRAYSCALE_8),
    QUARTER(4, IMREAD_REDUCED_GRAYSCALE_4),
    HALF(2, IMREAD_REDUCED_GRAYSCALE_2),
    NONE(1, 0);

    private final int times;
    private final int flag;

    Reduction(int times, int flag) {
        this.times = times;
        this.flag = flag;
    }

    /** Returns what tells the decoder, beside the channels. */
    int flag() {
        return flag;
    }

    /** Returns the strongest that leaves a crop as large as asked for. */
    static Reduction of(Crop crop, int height, int width) {
        for (Reduction reduction : values()) {
            if (crop.covers(reduction.times, height, width)) {
                return reduction;
            }
        }
        return NONE;
    }

    /** Returns a side of an image after this. */
    int of(int side) {
        return (side + times - 1) / times;
    }

    /** Returns a crop of the full image in the one of this size. */
    Crop of(Crop crop, NativeImage image) {
        return this == NONE ? crop : crop.dividedBy(times, image.height(), image.width());
    }
}
