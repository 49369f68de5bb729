package org.latentmim.examples.stratified;

import jakarta.inject.Inject;
import java.util.BitSet;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Shows one patch, drawn at random, of every whole square of patches: never two in one place, and no large blind spots. */
final class StratifiedMaskSampler implements MaskSampler {

    @Meaning("Shows one patch, drawn at random, of every square of cell x cell patches")
    record Config(@Meaning("side of a square in patches, at least 2") @Default("3") int cell) {

        Config {
            if (cell < 2) {
                throw new IllegalArgumentException("cell must be at least 2, but is " + cell);
            }
        }
    }

    private final int cell;

    @Inject
    StratifiedMaskSampler(Config config, PatchGrid grid) {
        cell = config.cell();
        if (cell > Math.min(grid.rows(), grid.columns())) {
            throw new IllegalArgumentException(
                    "cell is " + cell + ", but the grid has only " + grid.rows() + " x " + grid.columns() + " patches");
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        BitSet visible = new BitSet(grid.size());
        for (int row = 0; row + cell <= grid.rows(); row += cell) {
            for (int column = 0; column + cell <= grid.columns(); column += cell) {
                visible.set(grid.id(row + context.random().nextInt(cell), column + context.random().nextInt(cell)));
            }
        }
        return PatchMask.ofVisible(grid, visible);
    }
}
