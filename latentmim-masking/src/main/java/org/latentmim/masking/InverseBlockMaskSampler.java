package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/**
 * Shows one block and hides everything around it (CAPI). Rolled, the block leaves the grid at one border and comes back at the
 * other, so that every patch is seen equally often. Where the number wanted makes no whole rectangle, the last row is shorter.
 */
final class InverseBlockMaskSampler implements MaskSampler {

    @Meaning("Shows one block of patches and hides all around it (CAPI)")
    record Config(
            @Meaning("how many patches are seen") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1, in place of visible; CAPI hides 0.65")
                    OptionalDouble maskRatio,
            @Meaning("widest shape of the block: height to width between x and 1/x, above 0 and at most 1") @Default("0.5")
                    double minAspect,
            @Meaning("whether the block may leave the grid at one border and come back at the other") @Default("true")
                    boolean roll) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.share(minAspect, "min-aspect");
        }
    }

    private final int visible;
    private final double minAspect;
    private final boolean roll;

    @Inject
    InverseBlockMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        minAspect = config.minAspect();
        roll = config.roll();
    }

    @Override
    public PatchMask sample(MaskContext context) {
        int shown = context.visible().orElse(visible);
        return Cells.showing(
                block(Cells.holding(shown, context.grid()), context.grid(), context.random()), shown, context.grid());
    }

    private BitSet block(int cells, PatchGrid grid, RandomGenerator random) {
        int wanted = (int) Math.round(Math.sqrt(cells * Block.aspect(minAspect, random)));
        int height = Math.min(grid.rows(), Math.max(Cells.ceilDiv(cells, grid.columns()), wanted));
        int width = Cells.ceilDiv(cells, height);
        int top = random.nextInt(roll ? grid.rows() : grid.rows() - height + 1);
        int left = random.nextInt(roll ? grid.columns() : grid.columns() - width + 1);
        BitSet seen = new BitSet(grid.cells());
        for (int i = 0; i < cells; i++) {
            seen.set(grid.id((top + i / width) % grid.rows(), (left + i % width) % grid.columns()));
        }
        return seen;
    }
}
