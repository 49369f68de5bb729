package org.latentmim.masking;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.patch.PatchGrid;

/** How many patches are seen, said in one of two ways: the keys {@code visible} and {@code mask-ratio} of many samplers. */
record VisibleCount(OptionalInt visible, OptionalDouble maskRatio) {

    VisibleCount {
        if (visible.isPresent() && maskRatio.isPresent()) {
            throw new IllegalArgumentException("give either visible or mask-ratio, not both");
        }
        if (visible.isEmpty() && maskRatio.isEmpty()) {
            throw new IllegalArgumentException("give visible or mask-ratio");
        }
        visible.ifPresent(count -> KeyRange.atLeast(1, count, "visible"));
        maskRatio.ifPresent(ratio -> KeyRange.between0And1(ratio, "mask-ratio"));
    }

    /**
     * Returns the number on a grid.
     *
     * @throws IllegalArgumentException if it leaves no patch to see or none to hide
     */
    int on(PatchGrid grid) {
        if (maskRatio.isPresent()) {
            return leftBy(maskRatio.getAsDouble(), "mask-ratio", grid);
        }
        int count = visible.getAsInt();
        if (count >= grid.size()) {
            throw new IllegalArgumentException("visible must be " + range(grid) + onGrid(grid) + ", but is " + count);
        }
        return count;
    }

    /**
     * Returns how many patches are seen when a share of them is hidden, to the nearest whole number.
     *
     * @param key that holds the share
     * @throws IllegalArgumentException if it leaves no patch to see or none to hide
     */
    static int leftBy(double maskRatio, String key, PatchGrid grid) {
        int count = leftBy(maskRatio, grid);
        if (count < 1 || count >= grid.size()) {
            throw new IllegalArgumentException(key + " must leave " + range(grid) + " patches visible" + onGrid(grid) + ", but "
                    + maskRatio + " leaves " + count);
        }
        return count;
    }

    static int leftBy(double maskRatio, PatchGrid grid) {
        return grid.size() - (int) Math.round(grid.size() * maskRatio);
    }

    private static String range(PatchGrid grid) {
        return "between 1 and " + (grid.size() - 1);
    }

    private static String onGrid(PatchGrid grid) {
        return " on a grid of " + grid.rows() + " x " + grid.columns();
    }
}
