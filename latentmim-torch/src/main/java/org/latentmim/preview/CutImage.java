package org.latentmim.preview;

import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchPixels;

/**
 * One image as training cuts it.
 *
 * @param id what a person can find the image by
 * @param pixels the view of it: row by row, pixel by pixel, the channels of a pixel side by side
 * @param starts for each cell the row and the column where its patches start, counted from the start of the cell
 */
public record CutImage(PatchGrid grid, String id, byte[] pixels, int[] starts) {

    /** Returns the pixels of each patch. */
    public PatchPixels patches() {
        return new PatchPixels(grid, pixels, 0, starts, 0);
    }

    /** Returns the first row of a patch in the image. */
    public int top(int id) {
        return grid.row(id) * grid.cellSize() + starts[2 * cell(id)];
    }

    /** Returns the first column of a patch in the image. */
    public int left(int id) {
        return grid.column(id) * grid.cellSize() + starts[2 * cell(id) + 1];
    }

    private int cell(int id) {
        return id % grid.cells();
    }
}
