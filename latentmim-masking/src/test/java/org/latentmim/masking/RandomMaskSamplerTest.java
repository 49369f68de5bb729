package org.latentmim.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;
import org.latentmim.testing.MaskSamplerContract;
import org.latentmim.testing.TestMaskContext;

class RandomMaskSamplerTest extends MaskSamplerContract {

    private static final PatchGrid GRID = new PatchGrid(14, 14, 1, 0, 1);

    @Override
    protected PatchGrid grid() {
        return GRID;
    }

    @Override
    protected MaskSampler sampler(PatchGrid grid) {
        return new RandomMaskSampler(visible(20), grid);
    }

    @Test
    void isFoundUnderItsName() {
        assertThat(ServiceLoader.load(Plugin.class).stream().flatMap(plugin -> plugin.get().components().stream()))
                .anySatisfy(component -> {
                    assertThat(component.spi()).isEqualTo(MaskSampler.class);
                    assertThat(component.name()).isEqualTo("random");
                    assertThat(component.implementation()).isEqualTo(RandomMaskSampler.class);
                });
    }

    @Test
    void showsAsManyPatchesAsAreAskedFor() {
        assertThat(draw(new RandomMaskSampler(visible(20), GRID), 1).visibleCount()).isEqualTo(20);
        assertThat(draw(new RandomMaskSampler(visible(1), GRID), 1).visibleCount()).isEqualTo(1);
        assertThat(draw(new RandomMaskSampler(visible(195), GRID), 1).maskedCount()).isEqualTo(1);
    }

    @Test
    void hidesTheShareThatIsAskedForRoundedToWholePatches() {
        assertThat(draw(new RandomMaskSampler(ratio(0.9), GRID), 1).maskedCount()).isEqualTo(176);
        assertThat(draw(new RandomMaskSampler(ratio(0.75), GRID), 1).maskedCount()).isEqualTo(147);
        assertThat(draw(new RandomMaskSampler(ratio(0.4), GRID), 1).maskedCount()).isEqualTo(78);
    }

    @Test
    void showsEveryPatchEquallyOften() {
        RandomMaskSampler sampler = new RandomMaskSampler(visible(49), GRID);
        int draws = 20_000;
        int[] seen = new int[GRID.size()];
        int[] first = new int[GRID.size()];
        for (int seed = 0; seed < draws; seed++) {
            int[] visible = draw(sampler, seed).visible();
            first[visible[0]]++;
            for (int id : visible) {
                seen[id]++;
            }
        }
        // Five standard deviations of a binomial count: 306 and 50.
        assertThat(seen).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isCloseTo(draws / 4, within(306));
            }
        });
        for (int count : first) {
            assertThat(count).isCloseTo(draws / GRID.size(), within(51));
        }
    }

    @Test
    void showsSquaresWhole() {
        MaskSampler sampler = Samplers.squares(2, 76, GRID);
        for (int seed = 0; seed < 100; seed++) {
            BitSet seen = Cells.of(sampler.sample(TestMaskContext.of(GRID, seed)).visible());
            assertThat(seen.cardinality()).isEqualTo(76);
            for (int row = 0; row < 14; row += 2) {
                for (int column = 0; column < 14; column += 2) {
                    boolean corner = seen.get(GRID.id(row, column));
                    assertThat(seen.get(GRID.id(row, column + 1))).isEqualTo(corner);
                    assertThat(seen.get(GRID.id(row + 1, column))).isEqualTo(corner);
                    assertThat(seen.get(GRID.id(row + 1, column + 1))).isEqualTo(corner);
                }
            }
        }
    }

    @Test
    void cutsSquaresAtTheBorderOfEveryBand() {
        PatchGrid grid = new PatchGrid(3, 5, 1, 0, 2, 2);
        BitSet corners = new BitSet();
        for (int seed = 0; seed < 200; seed++) {
            BitSet seen = Cells.of(Samplers.squares(2, 1, grid).sample(TestMaskContext.of(grid, seed)).visible());
            corners.or(seen);
        }
        assertThat(corners).as("the first patch of each of six squares in two bands")
                .isEqualTo(Cells.of(new int[] {0, 2, 4, 10, 12, 14, 15, 17, 19, 25, 27, 29}));
    }

    @Test
    void wantsExactlyOneOfItsTwoKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomMaskSampler.Config(OptionalInt.of(20), OptionalDouble.of(0.9), 1))
                .withMessage("give either visible or mask-ratio, not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomMaskSampler.Config(OptionalInt.empty(), OptionalDouble.empty(), 1))
                .withMessage("give visible or mask-ratio");
    }

    @Test
    void refusesNumbersThatNoGridAllows() {
        assertThatIllegalArgumentException().isThrownBy(() -> visible(0)).withMessage("visible must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> ratio(0))
                .withMessage("mask-ratio must be between 0 and 1, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> ratio(1))
                .withMessage("mask-ratio must be between 0 and 1, but is 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> ratio(Double.NaN))
                .withMessage("mask-ratio must be between 0 and 1, but is NaN");
    }

    @Test
    void leavesAtLeastOnePatchOnEachSideOfTheGrid() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomMaskSampler(visible(196), GRID))
                .withMessage("visible must be between 1 and 195 on a grid of 14 x 14, but is 196");
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomMaskSampler(ratio(0.001), GRID)).withMessage(
                "mask-ratio must leave between 1 and 195 patches visible on a grid of 14 x 14, but 0.001 leaves 196");
        assertThatIllegalArgumentException().isThrownBy(() -> new RandomMaskSampler(ratio(0.999), GRID)).withMessage(
                "mask-ratio must leave between 1 and 195 patches visible on a grid of 14 x 14, but 0.999 leaves 0");
    }

    private static RandomMaskSampler.Config visible(int visible) {
        return new RandomMaskSampler.Config(OptionalInt.of(visible), OptionalDouble.empty(), 1);
    }

    private static RandomMaskSampler.Config ratio(double maskRatio) {
        return new RandomMaskSampler.Config(OptionalInt.empty(), OptionalDouble.of(maskRatio), 1);
    }

    private static PatchMask draw(RandomMaskSampler sampler, long seed) {
        return sampler.sample(TestMaskContext.of(GRID, seed));
    }
}
