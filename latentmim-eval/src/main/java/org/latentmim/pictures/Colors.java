package org.latentmim.pictures;

/** Colours, opaque, as {@code 0xffrrggbb}. */
final class Colors {

    private static final int OPAQUE = 0xff000000;

    /** Dark to light as the number grows, told apart without seeing red and green too: the colours of viridis at equal steps. */
    private static final int[] SCALE = {
        0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4dd2c, 0xfde725
    };

    /** Colours of equal weight to tell groups apart. */
    private static final int[] GROUPS = {
        0x4e79a7, 0xf28e2b, 0x59a14f, 0xe15759, 0x76b7b2, 0xedc948, 0xb07aa1, 0x9c755f, 0xff9da7, 0xbab0ac
    };

    /** How many groups have a colour of their own. */
    static final int GROUP_COUNT = GROUPS.length;

    private Colors() {}

    /** Returns the colour of a number between two others. */
    static int scale(double value, double low, double high) {
        double place = high > low ? clamp((value - low) / (high - low)) * (SCALE.length - 1) : 0;
        int below = Math.min(SCALE.length - 2, (int) place);
        return blend(SCALE[below], SCALE[below + 1], place - below);
    }

    /** Returns the colour of a group, counted from 0. */
    static int group(int group) {
        return OPAQUE | GROUPS[group];
    }

    /** Returns a colour of three shares, each taken between 0 and 1. */
    static int of(double red, double green, double blue) {
        return OPAQUE | level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int blend(int from, int to, double share) {
        int colour = OPAQUE;
        for (int shift = 0; shift <= 16; shift += 8) {
            int start = from >> shift & 0xff;
            colour |= (int) Math.round(start + share * ((to >> shift & 0xff) - start)) << shift;
        }
        return colour;
    }

    private static int level(double share) {
        return (int) Math.round(255 * clamp(share));
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
