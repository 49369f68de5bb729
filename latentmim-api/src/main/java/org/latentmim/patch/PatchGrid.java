package org.latentmim.patch;

/**
 * How an image is cut into patches: a grid of square cells, each {@code patchSize + gap} pixels wide, of which a square patch
 * of {@code patchSize} pixels is shown. With a gap the patch starts anywhere in its cell, so that neighbouring patches do not
 * touch and cannot be guessed from their borders (Latent MIM, section 3.5). Images of many channels may be cut into bands too:
 * groups of channels that are patches of their own, so that a mask can hide some of them. Patches are numbered band by band and
 * row by row from 0; the class token is not counted. Immutable and thread-safe.
 *
 * @param rows cells from top to bottom, at least 1
 * @param columns cells from left to right, at least 1
 * @param patchSize side of a patch in pixels, at least 1
 * @param gap pixels by which a cell is wider than its patch, at least 0
 * @param channels values of a pixel, at least 1
 * @param bands groups of as many channels that lie side by side, each a layer of patches; at least 1, divides the channels
 */
public record PatchGrid(int rows, int columns, int patchSize, int gap, int channels, int bands) {

    /**
     * @throws IllegalArgumentException if a number is below its minimum, or the bands do not divide the channels
     */
    public PatchGrid {
        atLeast(1, rows, "rows");
        atLeast(1, columns, "columns");
        atLeast(1, patchSize, "patch-size");
        atLeast(0, gap, "gap");
        atLeast(1, channels, "channels");
        atLeast(1, bands, "bands");
        if (channels % bands != 0) {
            throw new IllegalArgumentException("bands must divide the " + channels + " channels, but is " + bands);
        }
    }

    /** A grid whose patches hold all channels. */
    public PatchGrid(int rows, int columns, int patchSize, int gap, int channels) {
        this(rows, columns, patchSize, gap, channels, 1);
    }

    /** Returns the number of patches, {@code N}. */
    public int size() {
        return Math.multiplyExact(cells(), bands);
    }

    /** Returns the number of cells: patches of one band. */
    public int cells() {
        return Math.multiplyExact(rows, columns);
    }

    /** Returns the number of values in a patch, {@code P}: rows, columns and channels of its pixels, in this order. */
    public int valuesPerPatch() {
        return patchSize * patchSize * channelsPerPatch();
    }

    /** Returns the number of channels in a patch. */
    public int channelsPerPatch() {
        return channels / bands;
    }

    /** Returns the side of a cell in pixels. */
    public int cellSize() {
        return patchSize + gap;
    }

    /** Returns the height in pixels of the image that this grid cuts. */
    public int height() {
        return rows * cellSize();
    }

    /** Returns the width in pixels of the image that this grid cuts. */
    public int width() {
        return columns * cellSize();
    }

    /** Returns the same grid with patches that touch, as evaluation uses it. */
    public PatchGrid withoutGap() {
        return new PatchGrid(rows, columns, patchSize, 0, channels, bands);
    }

    /**
     * Returns the id of the patch in a cell, that of the first band.
     *
     * @throws IndexOutOfBoundsException if the cell is not on the grid
     */
    public int id(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException(
                    "cell (" + row + ", " + column + ") is not on a grid of " + rows + " x " + columns);
        }
        return row * columns + column;
    }

    /** Returns the row of the patch {@code id}. */
    public int row(int id) {
        return id % cells() / columns;
    }

    /** Returns the column of the patch {@code id}. */
    public int column(int id) {
        return id % columns;
    }

    /** Returns the band of the patch {@code id}, from 0. */
    public int band(int id) {
        return id / cells();
    }

    private static void atLeast(int minimum, int value, String name) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", but is " + value);
        }
    }
}
