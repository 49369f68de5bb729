package org.latentmim.testing;

import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.Progress;

/** One image to mask in a test. */
public record TestMaskContext(
        PatchGrid grid, RandomGenerator random, Progress progress, OptionalInt visible, PatchPixels pixels, float[] attention)
        implements MaskContext {

    private static final int EPOCHS = 100;

    /** An image of noise at the start of a run, and a class token that looks at noise. */
    public static TestMaskContext of(PatchGrid grid, long seed) {
        byte[] pixels = new byte[grid.height() * grid.width() * grid.channels()];
        new Random(1).nextBytes(pixels);
        Random chance = new Random(2);
        float[] attention = new float[grid.size()];
        for (int id = 0; id < attention.length; id++) {
            attention[id] = chance.nextFloat() / attention.length;
        }
        PatchPixels noise = new PatchPixels(grid, pixels, 0, new int[2 * grid.cells()], 0);
        return new TestMaskContext(grid, new SplittableRandom(seed), at(0), OptionalInt.empty(), noise, attention);
    }

    /** The same with another source of chance. */
    public TestMaskContext with(RandomGenerator chance) {
        return new TestMaskContext(grid, chance, progress, visible, pixels, attention);
    }

    /** The same when a share of the run is done. */
    public TestMaskContext after(double fraction) {
        return new TestMaskContext(grid, random, at(fraction), visible, pixels, attention);
    }

    /** The same where something around the sampler says how many patches to show. */
    public TestMaskContext showing(int count) {
        return new TestMaskContext(grid, random, progress, OptionalInt.of(count), pixels, attention);
    }

    /** The same with other pixels. */
    public TestMaskContext with(PatchPixels image) {
        return new TestMaskContext(grid, random, progress, visible, image, attention);
    }

    /** The same with another attention. */
    public TestMaskContext attending(float... attention) {
        return new TestMaskContext(grid, random, progress, visible, pixels, attention);
    }

    private static Progress at(double fraction) {
        return new Progress(Math.round(1000 * fraction), 1000, EPOCHS * fraction, EPOCHS, 1);
    }
}
