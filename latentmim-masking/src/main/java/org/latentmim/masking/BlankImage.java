package org.latentmim.masking;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.Progress;

/** An image that shows nothing, to find out how many patches a sampler shows: its numbers are the same for every image. */
record BlankImage(PatchGrid grid, Progress progress) implements MaskContext {

    private static final int STEPS = 1000;

    /** A blank image when a share of the run is done. */
    static BlankImage after(double fraction, PatchGrid grid) {
        return new BlankImage(grid, new Progress(Math.round(STEPS * fraction), STEPS, fraction, 1, 1));
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(0);
    }

    @Override
    public PatchPixels pixels() {
        byte[] pixels = new byte[grid.height() * grid.width() * grid.channels()];
        return new PatchPixels(grid, pixels, 0, new int[2 * grid.cells()], 0);
    }

    @Override
    public float[] attention() {
        float[] attention = new float[grid.size()];
        Arrays.fill(attention, 1f / grid.size());
        return attention;
    }
}
