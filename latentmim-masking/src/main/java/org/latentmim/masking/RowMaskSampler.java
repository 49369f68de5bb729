package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/**
 * Shows whole rows drawn at random. Told to show a number that is none of whole rows, it shows only the left part of the lowest.
 */
final class RowMaskSampler implements MaskSampler {

    @Meaning("Shows whole rows of patches drawn at random")
    record Config(@Meaning("how many rows are seen, at least 1 and fewer than the grid has") int rows) {

        Config {
            KeyRange.atLeast(1, rows, "rows");
        }
    }

    private final int rows;

    @Inject
    RowMaskSampler(Config config, PatchGrid grid) {
        rows = config.rows();
        if (rows >= grid.rows()) {
            throw new IllegalArgumentException(
                    "rows must be fewer than the " + grid.rows() + " that the grid has, but is " + rows);
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        int shown = context.visible().orElse(rows * grid.columns() * grid.bands());
        int wanted = Cells.holding(shown, grid);
        BitSet hidden = new BitSet(grid.rows());
        hidden.set(0, grid.rows());
        BitSet drawn = new BitSet(grid.rows());
        Cells.move(Cells.ceilDiv(wanted, grid.columns()), hidden, drawn, context.random());
        BitSet seen = new BitSet(grid.cells());
        int left = wanted;
        for (int row = drawn.nextSetBit(0); row >= 0; row = drawn.nextSetBit(row + 1)) {
            int begin = row * grid.columns();
            seen.set(begin, begin + Math.min(left, grid.columns()));
            left -= grid.columns();
        }
        return Cells.showing(seen, shown, grid);
    }
}
