package org.latentmim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PatchGridTest {

    private final PatchGrid grid = new PatchGrid(12, 14, 16, 4, 3);

    @Test
    void measuresItsPatchesAndItsImage() {
        assertThat(grid.size()).isEqualTo(168);
        assertThat(grid.valuesPerPatch()).isEqualTo(768);
        assertThat(grid.cellSize()).isEqualTo(20);
        assertThat(grid.height()).isEqualTo(240);
        assertThat(grid.width()).isEqualTo(280);
    }

    @Test
    void numbersItsPatchesRowByRow() {
        assertThat(grid.id(0, 0)).isZero();
        assertThat(grid.id(1, 0)).isEqualTo(14);
        assertThat(grid.id(11, 13)).isEqualTo(167);
        for (int id = 0; id < grid.size(); id++) {
            assertThat(grid.id(grid.row(id), grid.column(id))).isEqualTo(id);
        }
    }

    @Test
    void losesItsGapForEvaluation() {
        assertThat(grid.withoutGap()).isEqualTo(new PatchGrid(12, 14, 16, 0, 3));
    }

    @Test
    void refusesCellsThatAreNotOnIt() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> grid.id(12, 0))
                .withMessage("cell (12, 0) is not on a grid of 12 x 14");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> grid.id(0, -1))
                .withMessage("cell (0, -1) is not on a grid of 12 x 14");
    }

    @Test
    void refusesNumbersBelowTheirMinimum() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(0, 1, 1, 0, 1))
                .withMessage("rows must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(1, 0, 1, 0, 1))
                .withMessage("columns must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(1, 1, 0, 0, 1))
                .withMessage("patch-size must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(1, 1, 1, -1, 1))
                .withMessage("gap must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(1, 1, 1, 0, 0))
                .withMessage("channels must be at least 1, but is 0");
    }

    @Test
    void countsTheCellsOfEveryBand() {
        PatchGrid grid = new PatchGrid(2, 3, 4, 0, 12, 4);
        assertThat(grid.cells()).isEqualTo(6);
        assertThat(grid.size()).isEqualTo(24);
        assertThat(grid.channelsPerPatch()).isEqualTo(3);
        assertThat(grid.valuesPerPatch()).isEqualTo(48);
        assertThat(grid.band(17)).isEqualTo(2);
        assertThat(grid.row(17)).isEqualTo(1);
        assertThat(grid.column(17)).isEqualTo(2);
        assertThat(grid.withoutGap().bands()).isEqualTo(4);
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchGrid(2, 3, 4, 0, 12, 5))
                .withMessage("bands must divide the 12 channels, but is 5");
    }
}
