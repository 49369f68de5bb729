package org.latentmim.masking;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;

/** A rectangle of cells. */
record Block(int top, int left, int height, int width) {

    /**
     * Draws the place of a block that lies on the grid. Its height and its width are the nearest whole numbers, but no more than
     * the grid has.
     *
     * @param area cells that it covers
     * @param aspect its height as a multiple of its width
     */
    static Block draw(double area, double aspect, PatchGrid grid, RandomGenerator random) {
        int height = side(area * aspect, grid.rows());
        int width = side(area / aspect, grid.columns());
        return new Block(
                random.nextInt(grid.rows() - height + 1), random.nextInt(grid.columns() - width + 1), height, width);
    }

    /** Returns the block of all cells that are less than {@code distance} rows and columns away from one. */
    static Block around(int cell, int distance, PatchGrid grid) {
        int top = Math.max(0, grid.row(cell) - distance + 1);
        int left = Math.max(0, grid.column(cell) - distance + 1);
        int bottom = Math.min(grid.rows(), grid.row(cell) + distance);
        int right = Math.min(grid.columns(), grid.column(cell) + distance);
        return new Block(top, left, bottom - top, right - left);
    }

    /** Draws an aspect between {@code least} and its inverse: as often upright as lying. */
    static double aspect(double least, RandomGenerator random) {
        return Math.exp(between(Math.log(least), -Math.log(least), random));
    }

    static double between(double least, double most, RandomGenerator random) {
        return least + (most - least) * random.nextDouble();
    }

    void addTo(BitSet cells, PatchGrid grid) {
        for (int row = top; row < top + height; row++) {
            int begin = row * grid.columns() + left;
            cells.set(begin, begin + width);
        }
    }

    private static int side(double square, int most) {
        return Math.max(1, Math.min(most, (int) Math.round(Math.sqrt(square))));
    }
}
