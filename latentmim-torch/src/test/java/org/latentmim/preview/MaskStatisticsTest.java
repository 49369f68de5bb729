package org.latentmim.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;

class MaskStatisticsTest {

    @Test
    void countsSeenMaskedAndOmittedPatches() {
        PatchGrid grid = new PatchGrid(2, 3, 2, 0, 1);
        MaskStatistics statistics = new MaskStatistics(grid);
        statistics.add(blank(grid), PatchMask.ofOrder(new int[] {4, 0, 1, 2, 3, 5}, 1, 3));
        statistics.add(blank(grid), PatchMask.ofOrder(new int[] {4, 1, 0, 5, 3, 2}, 1, 3));
        assertThat(statistics.draws()).isEqualTo(2);
        assertThat(statistics.visible()).isEqualTo(1);
        assertThat(statistics.masked()).isEqualTo(3);
        assertThat(statistics.omitted()).isEqualTo(2);
        assertThat(statistics.patchesHidden()).isCloseTo(5 / 6.0, within(1e-15));
        assertThat(statistics.seen().of(4)).isEqualTo(1);
        assertThat(statistics.predicted().of(1)).isEqualTo(1);
        assertThat(statistics.predicted().of(2)).isEqualTo(0.5);
        assertThat(statistics.predicted().of(3)).isZero();
    }

    @Test
    void measuresFromEachTargetToTheNearestVisiblePatch() {
        PatchGrid grid = new PatchGrid(3, 3, 4, 0, 1);
        MaskStatistics statistics = new MaskStatistics(grid);
        statistics.add(blank(grid), PatchMask.ofOrder(new int[] {0, 1, 2, 4, 8, 3, 5, 6, 7}, 1, 4));
        // From the corner: a neighbour, two cells away, a diagonal, and the opposite corner.
        assertThat(statistics.distanceInCells().mean())
                .isCloseTo((1 + 2 + Math.sqrt(2) + Math.sqrt(8)) / 4, within(1e-15));
        // The first and the diagonal one touch; a cell of 4 pixels, or one each way, lies before the others.
        assertThat(statistics.distanceInPixels().mean()).isCloseTo((0 + 4 + 0 + Math.sqrt(32)) / 4, within(1e-15));
        assertThat(statistics.distanceInCells().quantile(1)).isEqualTo(Math.sqrt(8));
    }

    @Test
    void measuresPixelsBetweenBordersWhereThePatchesReallyStart() {
        PatchGrid grid = new PatchGrid(1, 3, 4, 3, 1);
        int[] starts = {0, 2, 2, 0, 0, 1}; // rows 0, 2, 0 and columns 2, 7 + 0, 14 + 1
        MaskStatistics statistics = new MaskStatistics(grid);
        statistics.add(new CutImage(grid, "1", new byte[7 * 21], starts), PatchMask.ofOrder(new int[] {0, 1, 2}, 1));
        assertThat(statistics.distanceInPixels().quantile(0.5)).isEqualTo(7 - (2 + 4));
        assertThat(statistics.distanceInPixels().quantile(1)).isEqualTo(15 - (2 + 4));
        assertThat(statistics.distanceInCells().mean()).isEqualTo(1.5);
    }

    @Test
    void findsAPatchOfAnotherBandInTheSamePlace() {
        PatchGrid grid = new PatchGrid(1, 2, 2, 1, 2, 2);
        MaskStatistics statistics = new MaskStatistics(grid);
        statistics.add(blank(grid), PatchMask.ofOrder(new int[] {0, 2, 3, 1}, 1));
        assertThat(statistics.distanceInCells().share(0, 1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(statistics.distanceInCells().share(1, 2)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(statistics.distanceInPixels().mean()).isCloseTo((0 + 1 + 1) / 3.0, within(1e-15));
    }

    @Test
    void saysWhichShareOfTheVarianceIsHidden() {
        PatchGrid grid = new PatchGrid(1, 3, 2, 0, 1);
        byte[] pixels = {
            0, 10, 0, 20, 5, 5,
            0, 10, 0, 20, 5, 5}; // variances 25, 100 and 0
        MaskStatistics statistics = new MaskStatistics(grid);
        CutImage image = new CutImage(grid, "1", pixels, new int[6]);
        statistics.add(image, PatchMask.ofOrder(new int[] {0, 1, 2}, 1));
        assertThat(statistics.contentHidden()).isCloseTo(100 / 125.0, within(1e-12));
        statistics.add(image, PatchMask.ofOrder(new int[] {1, 0, 2}, 1));
        assertThat(statistics.contentHidden()).isCloseTo((100 / 125.0 + 25 / 125.0) / 2, within(1e-12));
        statistics.add(blank(grid), PatchMask.ofOrder(new int[] {2, 0, 1}, 1));
        assertThat(statistics.contentHidden()).as("a blank image has no content to hide")
                .isCloseTo((100 / 125.0 + 25 / 125.0) / 2, within(1e-12));
    }

    @Test
    void countsOmittedPatchesAsHidden() {
        PatchGrid grid = new PatchGrid(1, 3, 1, 0, 1);
        byte[] pixels = new byte[3];
        MaskStatistics statistics = new MaskStatistics(grid);
        statistics.add(new CutImage(grid, "1", pixels, new int[6]), PatchMask.ofOrder(new int[] {0, 1, 2}, 1, 1));
        assertThat(statistics.patchesHidden()).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(statistics.contentHidden()).isNaN();
        assertThat(statistics.distanceInCells().count()).isEqualTo(1);
    }

    private static CutImage blank(PatchGrid grid) {
        byte[] pixels = new byte[grid.height() * grid.width() * grid.channels()];
        Arrays.fill(pixels, (byte) 7);
        return new CutImage(grid, "blank", pixels, new int[2 * grid.cells()]);
    }
}
