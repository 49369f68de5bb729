package org.latentmim.patch;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which patches of one image the online encoder sees, and which ones the decoder must predict. The two halves are disjoint and
 * together hold every patch of the grid exactly once; both keep the order in which they were given, and neither is empty.
 * Immutable and thread-safe.
 */
public final class PatchMask {

    private final int[] visible;
    private final int[] masked;

    private PatchMask(int[] visible, int[] masked) {
        this.visible = visible;
        this.masked = masked;
    }

    /**
     * Returns the mask that shows exactly the given patches, both halves in rising order.
     *
     * @throws IllegalArgumentException if no patch or every patch is visible, or an id is not on the grid
     */
    public static PatchMask ofVisible(PatchGrid grid, BitSet visible) {
        if (visible.length() > grid.size()) {
            throw new IllegalArgumentException(
                    "patch " + (visible.length() - 1) + " is not on a grid of " + grid.size() + " patches");
        }
        BitSet masked = (BitSet) visible.clone();
        masked.flip(0, grid.size());
        return checked(visible.stream().toArray(), masked.stream().toArray());
    }

    /**
     * Returns the mask that shows the first {@code visible} patches of an order and hides the others.
     *
     * @param order every id of the grid exactly once
     * @param visible how many of them are seen, at least 1 and less than their number
     * @throws IllegalArgumentException if {@code order} is not a permutation of the ids, or {@code visible} is out of range
     */
    public static PatchMask ofOrder(int[] order, int visible) {
        BitSet seen = new BitSet(order.length);
        for (int id : order) {
            if (id < 0 || id >= order.length || seen.get(id)) {
                throw new IllegalArgumentException("the order must hold each id from 0 to " + (order.length - 1) + " once, but holds "
                        + id + (id < 0 || id >= order.length ? "" : " twice"));
            }
            seen.set(id);
        }
        if (visible < 0 || visible > order.length) {
            throw new IllegalArgumentException("visible must be between 1 and " + (order.length - 1) + ", but is " + visible);
        }
        return checked(Arrays.copyOf(order, visible), Arrays.copyOfRange(order, visible, order.length));
    }

    /** Returns the ids that the online encoder sees. */
    public int[] visible() {
        return visible.clone();
    }

    /** Returns the ids that the decoder must predict. */
    public int[] masked() {
        return masked.clone();
    }

    /** Returns how many patches are visible, {@code V}. */
    public int visibleCount() {
        return visible.length;
    }

    /** Returns how many patches are masked, {@code M}. */
    public int maskedCount() {
        return masked.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchMask mask && Arrays.equals(visible, mask.visible) && Arrays.equals(masked, mask.masked);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(visible) + Arrays.hashCode(masked);
    }

    @Override
    public String toString() {
        return "visible " + Arrays.toString(visible) + ", masked " + Arrays.toString(masked);
    }

    private static PatchMask checked(int[] visible, int[] masked) {
        if (visible.length == 0) {
            throw new IllegalArgumentException("a mask must show at least one patch, but shows none");
        }
        if (masked.length == 0) {
            throw new IllegalArgumentException("a mask must hide at least one patch, but shows all " + visible.length);
        }
        return new PatchMask(visible, masked);
    }
}
