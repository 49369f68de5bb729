package org.latentmim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PatchMaskTest {

    private final PatchGrid grid = new PatchGrid(2, 3, 4, 0, 3);

    @Test
    void showsTheBitsThatAreSetInRisingOrder() {
        PatchMask mask = PatchMask.ofVisible(grid, bits(4, 1));
        assertThat(mask.visible()).containsExactly(1, 4);
        assertThat(mask.masked()).containsExactly(0, 2, 3, 5);
        assertThat(mask.visibleCount()).isEqualTo(2);
        assertThat(mask.maskedCount()).isEqualTo(4);
    }

    @Test
    void keepsTheOrderThatItIsGiven() {
        PatchMask mask = PatchMask.ofOrder(new int[] {3, 0, 2, 1}, 3);
        assertThat(mask.visible()).containsExactly(3, 0, 2);
        assertThat(mask.masked()).containsExactly(1);
        assertThat(mask).hasToString("visible [3, 0, 2], masked [1]");
    }

    @Test
    void omitsWhatIsNeitherSeenNorPredicted() {
        PatchMask mask = PatchMask.ofOrder(new int[] {3, 0, 2, 1, 4}, 1, 2);
        assertThat(mask.visible()).containsExactly(3);
        assertThat(mask.masked()).containsExactly(0, 2);
        assertThat(mask.omitted()).containsExactly(1, 4);
        assertThat(mask.omittedCount()).isEqualTo(2);
        assertThat(mask).hasToString("visible [3], masked [0, 2], omitted [1, 4]");
        assertThat(mask).isNotEqualTo(PatchMask.ofOrder(new int[] {3, 0, 2, 4, 1}, 1, 2));
        PatchMask ofBits = PatchMask.of(grid, bits(4, 1), bits(5, 0));
        assertThat(ofBits.visible()).containsExactly(1, 4);
        assertThat(ofBits.masked()).containsExactly(0, 5);
        assertThat(ofBits.omitted()).containsExactly(2, 3);
    }

    @Test
    void refusesPatchesThatAreBothSeenAndPredicted() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.of(grid, bits(1, 2), bits(2, 3)))
                .withMessage("patch 2 cannot be both visible and masked");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.of(grid, bits(1, 2), bits()))
                .withMessage("a mask must hide at least one patch, but has none to predict");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofOrder(new int[] {0, 1, 2}, 2, 2))
                .withMessage("visible and masked must be 1 or more and together at most 3, but are 2 and 2");
    }

    @Test
    void cannotBeChangedFromOutside() {
        int[] order = {3, 0, 2, 1};
        PatchMask mask = PatchMask.ofOrder(order, 2);
        order[0] = 1;
        mask.visible()[0] = 1;
        mask.masked()[0] = 3;
        assertThat(mask).isEqualTo(PatchMask.ofOrder(new int[] {3, 0, 2, 1}, 2));
    }

    @Test
    void equalsTheSameHalvesInTheSameOrder() {
        PatchMask mask = PatchMask.ofOrder(new int[] {0, 1, 2}, 1);
        assertThat(mask).isEqualTo(PatchMask.ofOrder(new int[] {0, 1, 2}, 1)).hasSameHashCodeAs(
                PatchMask.ofOrder(new int[] {0, 1, 2}, 1));
        assertThat(mask).isNotEqualTo(PatchMask.ofOrder(new int[] {0, 2, 1}, 1));
        assertThat(mask).isNotEqualTo(PatchMask.ofOrder(new int[] {0, 1, 2}, 2));
    }

    @Test
    void refusesToShowAllOrNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofVisible(grid, new BitSet()))
                .withMessage("a mask must show at least one patch, but shows none");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofVisible(grid, bits(0, 1, 2, 3, 4, 5)))
                .withMessage("a mask must hide at least one patch, but shows all 6");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofOrder(new int[] {0, 1}, 2))
                .withMessage("a mask must hide at least one patch, but shows all 2");
    }

    @Test
    void refusesIdsThatAreNotOnTheGrid() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofVisible(grid, bits(6)))
                .withMessage("patch 6 is not on a grid of 6 patches");
    }

    @Test
    void refusesOrdersThatAreNoPermutation() {
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofOrder(new int[] {0, 2, 2}, 1))
                .withMessage("the order must hold each id from 0 to 2 once, but holds 2 twice");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofOrder(new int[] {0, 3, 1}, 1))
                .withMessage("the order must hold each id from 0 to 2 once, but holds 3");
        assertThatIllegalArgumentException().isThrownBy(() -> PatchMask.ofOrder(new int[] {0, 1, 2}, 4))
                .withMessage("visible must be between 1 and 2, but is 4");
    }

    private static BitSet bits(int... ids) {
        BitSet bits = new BitSet();
        for (int id : ids) {
            bits.set(id);
        }
        return bits;
    }
}
