package org.latentmim.patch;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which patches of one image the online encoder sees, and which ones the decoder must predict. Most masks hold every patch of
 * the grid in one of the two; the others are omitted: neither seen nor predicted. No patch is in two groups, each group keeps
 * the order in which it was given, and neither the visible nor the masked ones are empty. Immutable and thread-safe.
 */
public final class PatchMask {

    private final int[] visible;
    private final int[] masked;
    private final int[] omitted;

    private PatchMask(int[] visible, int[] masked, int[] omitted) {
        if (visible.length == 0) {
            throw new IllegalArgumentException("a mask must show at least one patch, but shows none");
        }
        if (masked.length == 0) {
            throw new IllegalArgumentException("a mask must hide at least one patch, but "
                    + (omitted.length == 0 ? "shows all " + visible.length : "has none to predict"));
        }
        this.visible = visible;
        this.masked = masked;
        this.omitted = omitted;
    }

    /**
     * Returns the mask that shows exactly the given patches and hides the others, both in rising order.
     *
     * @throws IllegalArgumentException if no patch or every patch is visible, or an id is not on the grid
     */
    public static PatchMask ofVisible(PatchGrid grid, BitSet visible) {
        BitSet masked = (BitSet) visible.clone();
        masked.flip(0, grid.size());
        return of(grid, visible, masked);
    }

    /**
     * Returns the mask that shows some patches, hides others and omits the rest, each in rising order.
     *
     * @throws IllegalArgumentException if no patch is visible or none masked, one is both, or an id is not on the grid
     */
    public static PatchMask of(PatchGrid grid, BitSet visible, BitSet masked) {
        int length = Math.max(visible.length(), masked.length());
        if (length > grid.size()) {
            throw new IllegalArgumentException("patch " + (length - 1) + " is not on a grid of " + grid.size() + " patches");
        }
        if (visible.intersects(masked)) {
            BitSet both = (BitSet) visible.clone();
            both.and(masked);
            throw new IllegalArgumentException("patch " + both.nextSetBit(0) + " cannot be both visible and masked");
        }
        BitSet omitted = (BitSet) visible.clone();
        omitted.or(masked);
        omitted.flip(0, grid.size());
        return new PatchMask(ids(visible), ids(masked), ids(omitted));
    }

    /**
     * Returns the mask that shows the first {@code visible} patches of an order and hides the others.
     *
     * @param order every id of the grid exactly once
     * @param visible how many of them are seen, at least 1 and less than their number
     * @throws IllegalArgumentException if {@code order} is not a permutation of the ids, or {@code visible} is out of range
     */
    public static PatchMask ofOrder(int[] order, int visible) {
        if (visible < 0 || visible > order.length) {
            throw new IllegalArgumentException("visible must be between 1 and " + (order.length - 1) + ", but is " + visible);
        }
        return ofOrder(order, visible, order.length - visible);
    }

    /**
     * Returns the mask that shows the first {@code visible} patches of an order, hides the {@code masked} ones after them, and
     * omits the rest.
     *
     * @param order every id of the grid exactly once
     * @param visible how many are seen, at least 1
     * @param masked how many must be predicted, at least 1
     * @throws IllegalArgumentException if {@code order} is not a permutation of the ids, or the counts are out of range
     */
    public static PatchMask ofOrder(int[] order, int visible, int masked) {
        if (visible < 0 || masked < 0 || visible + masked > order.length) {
            throw new IllegalArgumentException("visible and masked must be 1 or more and together at most " + order.length
                    + ", but are " + visible + " and " + masked);
        }
        boolean[] seen = new boolean[order.length];
        for (int id : order) {
            if (id < 0 || id >= order.length || seen[id]) {
                throw new IllegalArgumentException("the order must hold each id from 0 to " + (order.length - 1) + " once, but holds "
                        + id + (id < 0 || id >= order.length ? "" : " twice"));
            }
            seen[id] = true;
        }
        return new PatchMask(Arrays.copyOf(order, visible), Arrays.copyOfRange(order, visible, visible + masked),
                Arrays.copyOfRange(order, visible + masked, order.length));
    }

    /** Returns the ids that the online encoder sees. */
    public int[] visible() {
        return visible.clone();
    }

    /** Returns the ids that the decoder must predict. */
    public int[] masked() {
        return masked.clone();
    }

    /** Returns the ids that are neither seen nor predicted; empty for most masks. */
    public int[] omitted() {
        return omitted.clone();
    }

    /** Returns how many patches are visible, {@code V}. */
    public int visibleCount() {
        return visible.length;
    }

    /** Returns how many patches are masked, {@code M}. */
    public int maskedCount() {
        return masked.length;
    }

    /** Returns how many patches are omitted. */
    public int omittedCount() {
        return omitted.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchMask mask && Arrays.equals(visible, mask.visible) && Arrays.equals(masked, mask.masked)
                && Arrays.equals(omitted, mask.omitted);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(visible) + Arrays.hashCode(masked);
    }

    @Override
    public String toString() {
        String text = "visible " + Arrays.toString(visible) + ", masked " + Arrays.toString(masked);
        return omitted.length == 0 ? text : text + ", omitted " + Arrays.toString(omitted);
    }

    private static int[] ids(BitSet set) {
        int[] ids = new int[set.cardinality()];
        for (int i = 0, id = set.nextSetBit(0); i < ids.length; i++, id = set.nextSetBit(id + 1)) {
            ids[i] = id;
        }
        return ids;
    }
}
