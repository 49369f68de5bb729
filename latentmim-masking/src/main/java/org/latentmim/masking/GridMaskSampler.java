package org.latentmim.masking;

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
 * Shows a regular lattice: one cell of every so many rows and columns, as many in every draw, from a corner that is drawn. Told
 * to show more, it narrows the lattice; told to show fewer, it shows a part of it.
 */
final class GridMaskSampler implements MaskSampler {

    @Meaning("Shows a regular lattice of patches, from a corner that is drawn")
    record Config(@Meaning("cells from one patch seen to the next, at least 2") @Default("2") int step) {

        Config {
            KeyRange.atLeast(2, step, "step");
        }
    }

    private final int step;

    @Inject
    GridMaskSampler(Config config, PatchGrid grid) {
        step = config.step();
        if (step > Math.min(grid.rows(), grid.columns())) {
            throw new IllegalArgumentException("step must be at most the shorter side of the grid of " + grid.rows() + " x "
                    + grid.columns() + ", but is " + step);
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        int shown = context.visible().orElse(grid.rows() / step * (grid.columns() / step) * grid.bands());
        int wanted = Cells.holding(shown, grid);
        int rowStep = step;
        int columnStep = step;
        while (grid.rows() / rowStep * (grid.columns() / columnStep) < wanted) {
            if (columnStep < rowStep) {
                rowStep--;
            } else {
                columnStep--;
            }
        }
        BitSet seen = lattice(rowStep, columnStep, grid, context.random());
        Cells.move(seen.cardinality() - wanted, seen, new BitSet(), context.random());
        return Cells.showing(seen, shown, grid);
    }

    private static BitSet lattice(int rowStep, int columnStep, PatchGrid grid, RandomGenerator random) {
        int rows = grid.rows() / rowStep;
        int columns = grid.columns() / columnStep;
        int top = random.nextInt(grid.rows() - (rows - 1) * rowStep);
        int left = random.nextInt(grid.columns() - (columns - 1) * columnStep);
        BitSet cells = new BitSet(grid.cells());
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                cells.set(grid.id(top + row * rowStep, left + column * columnStep));
            }
        }
        return cells;
    }
}
