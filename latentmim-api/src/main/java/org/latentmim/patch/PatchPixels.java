package org.latentmim.patch;

import java.util.stream.LongStream;

/**
 * The pixels that the patches of one image show, each between 0 and 255, for samplers that look before they hide. A view of
 * arrays that belong to others: valid only as long as these do not change. Thread-safe for reading.
 */
public final class PatchPixels {

    /** By how many rows a large patch is measured at least. */
    private static final int ROWS = 4;

    /** The values with their squares in the upper half, so that one addition sums both. */
    private static final long[] WITH_SQUARE = LongStream.range(0, 256).map(value -> value * value << 32 | value).toArray();

    private final PatchGrid grid;
    private final byte[] pixels;
    private final int first;
    private final int[] starts;
    private final int firstStart;

    /**
     * @param grid how the image is cut
     * @param pixels holds the image: row by row, pixel by pixel, the channels of a pixel side by side
     * @param first where in {@code pixels} the image begins
     * @param starts holds for each cell the row and the column where its patch starts, counted from the start of the cell
     * @param firstStart where in {@code starts} those of this image begin
     */
    public PatchPixels(PatchGrid grid, byte[] pixels, int first, int[] starts, int firstStart) {
        this.grid = grid;
        this.pixels = pixels;
        this.first = first;
        this.starts = starts;
        this.firstStart = firstStart;
    }

    /** Returns the grid. */
    public PatchGrid grid() {
        return grid;
    }

    /**
     * Returns one value of a patch, from 0 to 255.
     *
     * @param id the patch
     * @param row of the pixel in the patch, from 0
     * @param column of the pixel in the patch, from 0
     * @param channel of the patch, from 0 to {@link PatchGrid#channelsPerPatch} - 1
     */
    public int value(int id, int row, int column, int channel) {
        return pixels[corner(id) + (row * grid.width() + column) * grid.channels() + channel] & 0xff;
    }

    /**
     * Returns for each patch how much its values vary: their variance within a channel, averaged over its channels. Patches of
     * 8 rows and more are measured in 4 to 6 of their rows, evenly spread, which is enough to compare them.
     */
    public double[] variance() {
        double[] variances = new double[grid.size()];
        int size = grid.patchSize();
        int pixel = grid.channels();
        int line = grid.width() * pixel;
        int step = Math.max(1, size / ROWS);
        int count = size * rows(size, step);
        for (int id = 0; id < variances.length; id++) {
            int corner = corner(id);
            double sum = 0;
            for (int channel = 0; channel < grid.channelsPerPatch(); channel++) {
                long total = 0;
                long squares = 0;
                for (int row = 0; row < size; row += step) {
                    int begin = corner + row * line + channel;
                    long both = 0;
                    for (int column = 0; column < size; column++) {
                        both += WITH_SQUARE[pixels[begin + column * pixel] & 0xff];
                    }
                    total += both & 0xffffffffL;
                    squares += both >>> 32;
                }
                sum += (squares - (double) total * total / count) / count;
            }
            variances[id] = sum / grid.channelsPerPatch();
        }
        return variances;
    }

    /**
     * Returns for each patch the energy of its edges: the squared difference of a value from its neighbours to the right and
     * below in the patch, averaged over all such pairs and its channels; 0 for patches of one pixel. Of patches of
     * 8 rows and more only 3 rows, evenly spread, and those below them count.
     */
    public double[] energy() {
        double[] energies = new double[grid.size()];
        int size = grid.patchSize();
        int pixel = grid.channels();
        int line = grid.width() * pixel;
        int step = size < 2 * ROWS ? 1 : (size + 2) / 3; // three rows give six lines of differences
        int pairs = rows(size, step) * (size - 1) + rows(size - 1, step) * size;
        for (int id = 0; id < energies.length && size > 1; id++) {
            int corner = corner(id);
            long sum = 0;
            for (int channel = 0; channel < grid.channelsPerPatch(); channel++) {
                for (int row = 0; row < size; row += step) {
                    sum += edges(corner + row * line + channel, row < size - 1 ? line : 0);
                }
            }
            energies[id] = (double) sum / pairs / grid.channelsPerPatch();
        }
        return energies;
    }

    /**
     * The squared differences of the values of a row from those to their right, and from those below.
     *
     * @param begin where the row begins
     * @param below how far the row below is, or 0 for the last row
     */
    private int edges(int begin, int below) {
        int pixel = grid.channels();
        int last = begin + (grid.patchSize() - 1) * pixel;
        int sum = 0;
        int value = pixels[begin] & 0xff;
        for (int at = begin; at < last; at += pixel) {
            int right = pixels[at + pixel] & 0xff;
            int away = value - (pixels[at + below] & 0xff);
            sum += (value - right) * (value - right) + away * away;
            value = right;
        }
        int away = value - (pixels[last + below] & 0xff);
        return sum + away * away;
    }

    private static int rows(int count, int step) {
        return (count + step - 1) / step;
    }

    /** Where the first value of a patch lies. */
    private int corner(int id) {
        int cell = id % grid.cells();
        int row = grid.row(id) * grid.cellSize() + starts[firstStart + 2 * cell];
        int column = grid.column(id) * grid.cellSize() + starts[firstStart + 2 * cell + 1];
        return first + (row * grid.width() + column) * grid.channels() + grid.band(id) * grid.channelsPerPatch();
    }
}
