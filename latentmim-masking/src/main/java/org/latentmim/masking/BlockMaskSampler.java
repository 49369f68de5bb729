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
 * Hides blocks, which may overlap, until as many patches are hidden as are wanted (BEiT, algorithm 1). Of the last block only a
 * part is hidden, drawn at random.
 */
final class BlockMaskSampler implements MaskSampler {

    @Meaning("Hides blocks of patches, one after the other, until enough are hidden (BEiT)")
    record Config(
            @Meaning("how many patches are seen; BEiT shows about 118 of 196") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio,
            @Meaning("smallest block in cells of the grid, at least 1") @Default("16") int minPatches,
            @Meaning("widest shape of a block: height to width between x and 1/x, above 0 and at most 1") @Default("0.3")
                    double minAspect) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.atLeast(1, minPatches, "min-patches");
            KeyRange.share(minAspect, "min-aspect");
        }
    }

    private final int visible;
    private final int minPatches;
    private final double minAspect;

    @Inject
    BlockMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        minPatches = config.minPatches();
        minAspect = config.minAspect();
        int hidden = grid.cells() - Cells.holding(visible, grid);
        if (minPatches > hidden) {
            throw new IllegalArgumentException(
                    "min-patches must be at most the " + hidden + " cells that are hidden, but is " + minPatches);
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        int shown = context.visible().orElse(visible);
        BitSet seen = hidden(grid.cells() - Cells.holding(shown, grid), grid, context.random());
        seen.flip(0, grid.cells());
        return Cells.showing(seen, shown, grid);
    }

    private BitSet hidden(int wanted, PatchGrid grid, RandomGenerator random) {
        BitSet hidden = new BitSet(grid.cells());
        for (int left = wanted; left > 0; left = wanted - hidden.cardinality()) {
            double area = Block.between(minPatches, Math.max(minPatches, left), random);
            BitSet block = new BitSet(grid.cells());
            Block.draw(area, Block.aspect(minAspect, random), grid, random).addTo(block, grid);
            block.andNot(hidden);
            Cells.move(left, block, hidden, random);
        }
        return hidden;
    }
}
