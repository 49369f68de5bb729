package org.example.latentmim;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/**
 * Shows patches that lie far apart, by the best of several candidates (D. Mitchell, "Spectrally optimal sampling for distribution
 * ray tracing", 1991): no two neighbours tell each other's border, and no part of the image is left out.
 */
final class SpreadMaskSampler implements MaskSampler {

    @Meaning("Shows patches that lie far apart: each new one is the farthest of a few random candidates")
    record Config(
            @Meaning("how many patches are seen, at least 1") int visible,
            @Meaning("from how many places each is chosen, at least 1; 1 is random masking, more spread it wider")
                    @Default("8") int candidates) {

        Config {
            if (visible < 1) {
                throw new IllegalArgumentException("visible must be at least 1, but is " + visible);
            }
            if (candidates < 1) {
                throw new IllegalArgumentException("candidates must be at least 1, but is " + candidates);
            }
        }
    }

    private final Config config;

    @Inject
    SpreadMaskSampler(Config config, PatchGrid grid) {
        if (config.visible() >= grid.size()) {
            throw new IllegalArgumentException("visible must be less than the " + grid.size() + " patches of the grid, but is "
                    + config.visible());
        }
        this.config = config;
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        BitSet visible = new BitSet(grid.size());
        for (int count = context.visible().orElse(config.visible()); count > 0; count--) {
            visible.set(farthest(grid, visible, context.random()));
        }
        return PatchMask.ofVisible(grid, visible);
    }

    private int farthest(PatchGrid grid, BitSet visible, RandomGenerator random) {
        int best = -1;
        int farthest = -1;
        for (int i = 0; i < config.candidates(); i++) {
            int candidate = hidden(grid, visible, random);
            int distance = distance(grid, visible, candidate);
            if (distance > farthest) {
                best = candidate;
                farthest = distance;
            }
        }
        return best;
    }

    private static int hidden(PatchGrid grid, BitSet visible, RandomGenerator random) {
        int place = random.nextInt(grid.size() - visible.cardinality());
        int id = visible.nextClearBit(0);
        for (; place > 0; place--) {
            id = visible.nextClearBit(id + 1);
        }
        return id;
    }

    /** The squared distance to the nearest visible patch, in patches. */
    private static int distance(PatchGrid grid, BitSet visible, int candidate) {
        return visible.stream()
                .map(id -> square(grid.row(id) - grid.row(candidate)) + square(grid.column(id) - grid.column(candidate)))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private static int square(int number) {
        return number * number;
    }
}
