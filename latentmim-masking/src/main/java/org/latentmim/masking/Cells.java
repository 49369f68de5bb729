package org.latentmim.masking;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;

/**
 * Masks made of whole cells: the patches of a cell, one in each band, are all seen, all predicted or all left out. Only where the
 * number of patches asked for is not one of whole cells, the last bands of the last cell are missing.
 */
final class Cells {

    private Cells() {}

    /** Returns how many cells hold so many patches. */
    static int holding(int patches, PatchGrid grid) {
        return ceilDiv(patches, grid.bands());
    }

    /** Returns the mask that shows the cells {@code seen}, exactly {@code visible} of their patches, and hides all others. */
    static PatchMask showing(BitSet seen, int visible, PatchGrid grid) {
        return PatchMask.ofVisible(grid, patches(seen, visible, grid));
    }

    /**
     * Returns the mask that shows so many patches of the cells {@code seen}, hides those of {@code predicted}, and omits the
     * rest.
     */
    static PatchMask showing(BitSet seen, int visible, BitSet predicted, PatchGrid grid) {
        return PatchMask.of(grid, patches(seen, visible, grid),
                patches(predicted, predicted.cardinality() * grid.bands(), grid));
    }

    /** Returns the set of these ids. */
    static BitSet of(int[] ids) {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }

    /** Moves members drawn at random from one set to another: so many, or all if there are fewer. */
    static void move(int count, BitSet from, BitSet to, RandomGenerator random) {
        if (count <= 0) {
            return;
        }
        int[] members = new int[from.cardinality()];
        for (int i = 0, member = from.nextSetBit(0); member >= 0; member = from.nextSetBit(member + 1)) {
            members[i++] = member;
        }
        for (int left = members.length; left > Math.max(0, members.length - count); left--) {
            int place = random.nextInt(left);
            from.clear(members[place]);
            to.set(members[place]);
            members[place] = members[left - 1];
        }
    }

    static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static BitSet patches(BitSet cells, int count, PatchGrid grid) {
        if (grid.bands() == 1) {
            return cells;
        }
        BitSet patches = new BitSet(grid.size());
        int left = count;
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            for (int band = 0; band < grid.bands() && left > 0; band++, left--) {
                patches.set(band * grid.cells() + cell);
            }
        }
        return patches;
    }
}
