package org.example.latentmim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.MaskSamplerContract;
import org.latentmim.testing.TestMaskContext;

class SpreadMaskSamplerTest extends MaskSamplerContract {

    @Override
    protected MaskSampler sampler(PatchGrid grid) {
        return sampler(20, 8, grid);
    }

    @Test
    void keepsVisiblePatchesFartherApartTheMoreCandidatesThereAre() {
        assertThat(meanDistanceToTheNearest(8)).isGreaterThan(meanDistanceToTheNearest(2) + 0.2);
        assertThat(meanDistanceToTheNearest(2)).isGreaterThan(meanDistanceToTheNearest(1) + 0.2);
    }

    @Test
    void showsTheOtherEndOfARowNext() {
        PatchGrid row = new PatchGrid(1, 9, 4, 0, 3);
        for (int seed = 0; seed < 20; seed++) {
            int[] visible = sampler(2, 1000, row).sample(TestMaskContext.of(row, seed)).visible();
            assertThat(visible[0] == 0 || visible[1] == 8).as("an end is seen").isTrue();
            assertThat(visible[1] - visible[0]).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void refusesWhatCannotBeShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SpreadMaskSampler.Config(0, 8))
                .withMessage("visible must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SpreadMaskSampler.Config(20, 0))
                .withMessage("candidates must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> sampler(16, 8, new PatchGrid(4, 4, 4, 0, 3)))
                .withMessage("visible must be less than the 16 patches of the grid, but is 16");
    }

    private double meanDistanceToTheNearest(int candidates) {
        MaskSampler sampler = sampler(20, candidates, grid());
        return IntStream.range(0, 100)
                .mapToObj(seed -> sampler.sample(TestMaskContext.of(grid(), seed)))
                .flatMapToDouble(mask -> IntStream.of(mask.visible()).mapToDouble(id -> nearest(mask, id)))
                .average()
                .orElseThrow();
    }

    private double nearest(PatchMask mask, int id) {
        return IntStream.of(mask.visible())
                .filter(other -> other != id)
                .mapToDouble(other -> Math.hypot(grid().row(id) - grid().row(other), grid().column(id) - grid().column(other)))
                .min()
                .orElseThrow();
    }

    private static MaskSampler sampler(int visible, int candidates, PatchGrid grid) {
        return new SpreadMaskSampler(new SpreadMaskSampler.Config(visible, candidates), grid);
    }
}
