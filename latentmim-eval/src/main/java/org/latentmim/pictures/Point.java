package org.latentmim.pictures;

/**
 * A place in an image of any size.
 *
 * @param x from 0 at the left to 1 at the right
 * @param y from 0 at the top to 1 at the bottom
 */
public record Point(double x, double y) {

    /**
     * @throws IllegalArgumentException if it lies outside
     */
    public Point {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException("a point must lie between 0,0 and 1,1, but is " + x + "," + y);
        }
    }

    /** Returns the row of the cell that it lies in. */
    int row(int rows) {
        return Math.min(rows - 1, (int) (y * rows));
    }

    /** Returns the column of the cell that it lies in. */
    int column(int columns) {
        return Math.min(columns - 1, (int) (x * columns));
    }
}
