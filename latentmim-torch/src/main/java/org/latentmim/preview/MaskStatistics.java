package org.latentmim.preview;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;

/** What the masks of one sampler have in common, found draw by draw. Not thread-safe. */
public final class MaskStatistics {

    private final PatchGrid grid;
    private final Distribution cells = new Distribution();
    private final Distribution pixels = new Distribution();
    private final Coverage seen;
    private final Coverage predicted;
    private PatchMask last;
    private int draws;
    private int contentful;
    private double contentHidden;

    /** Statistics of no mask yet. */
    public MaskStatistics(PatchGrid grid) {
        this.grid = grid;
        this.seen = new Coverage(grid.size());
        this.predicted = new Coverage(grid.size());
    }

    /** Adds the mask of an image; all have as many patches of each kind. */
    public void add(CutImage image, PatchMask mask) {
        last = mask;
        draws++;
        seen.add(mask.visible());
        predicted.add(mask.masked());
        measureDistances(image, mask);
        measureContent(image, mask);
    }

    /** Returns how many masks these statistics are of. */
    public int draws() {
        return draws;
    }

    /** Returns how many patches a mask shows. */
    public int visible() {
        return last.visibleCount();
    }

    /** Returns how many patches of a mask must be predicted. */
    public int masked() {
        return last.maskedCount();
    }

    /** Returns how many patches of a mask are neither shown nor predicted. */
    public int omitted() {
        return last.omittedCount();
    }

    /** Returns the share of the patches that a mask does not show. */
    public double patchesHidden() {
        return 1 - visible() / (double) grid.size();
    }

    /**
     * Returns how much of the content a mask hides: of the variance of pixels within each patch, summed over the patches, the
     * share that lies in patches not shown; averaged over the images. NaN if all of them are blank.
     */
    public double contentHidden() {
        return contentHidden / contentful;
    }

    /**
     * Returns how far each patch to predict is from the nearest visible one: between the middles of their cells, in cells. 0 is
     * the same place in another band, 1 a neighbour, 1.41 a diagonal one.
     */
    public Distribution distanceInCells() {
        return cells;
    }

    /**
     * Returns how many pixels lie between the border of each patch to predict and the nearest border of a visible one, gap
     * included; 0 if they touch or are in one place.
     */
    public Distribution distanceInPixels() {
        return pixels;
    }

    /** Returns how often each patch is visible. */
    public Coverage seen() {
        return seen;
    }

    /** Returns how often each patch must be predicted. */
    public Coverage predicted() {
        return predicted;
    }

    private void measureDistances(CutImage image, PatchMask mask) {
        int[] places = Arrays.stream(mask.visible()).map(id -> id % grid.cells()).distinct().toArray();
        for (int target : mask.masked()) {
            int betweenCells = Integer.MAX_VALUE;
            int betweenBorders = Integer.MAX_VALUE;
            for (int visible : places) {
                betweenCells = Math.min(betweenCells,
                        squares(grid.row(target) - grid.row(visible), grid.column(target) - grid.column(visible)));
                betweenBorders = Math.min(betweenBorders, squares(
                        outside(image.top(target) - image.top(visible)), outside(image.left(target) - image.left(visible))));
            }
            cells.add(Math.sqrt(betweenCells));
            pixels.add(Math.sqrt(betweenBorders));
        }
    }

    private static int squares(int rows, int columns) {
        return rows * rows + columns * columns;
    }

    /** How many pixels lie between two patches of which one starts so much later than the other. */
    private int outside(int shift) {
        return Math.max(0, Math.abs(shift) - grid.patchSize());
    }

    private void measureContent(CutImage image, PatchMask mask) {
        double[] variance = image.patches().variance();
        double whole = Arrays.stream(variance).sum();
        if (whole > 0) {
            contentful++;
            contentHidden += 1 - IntStream.of(mask.visible()).mapToDouble(id -> variance[id]).sum() / whole;
        }
    }
}
