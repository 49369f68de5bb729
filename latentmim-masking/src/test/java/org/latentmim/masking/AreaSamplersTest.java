package org.latentmim.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.TestMaskContext;

/** Samplers that hide or show areas of the grid. */
class AreaSamplersTest {

    private static final PatchGrid GRID = new PatchGrid(14, 14, 1, 0, 1);
    private static final PatchGrid BANDS = new PatchGrid(6, 8, 1, 0, 3, 3);

    @Test
    void blockHidesAsManyPatchesAsAreAskedForInBlocks() {
        MaskSampler sampler = Samplers.block(76, GRID);
        MaskSampler scattered = Samplers.random(76, GRID);
        double together = 0;
        double apart = 0;
        for (int seed = 0; seed < 500; seed++) {
            assertThat(draw(sampler, seed).maskedCount()).isEqualTo(120);
            together += hiddenNeighbours(draw(sampler, seed)) / 500;
            apart += hiddenNeighbours(draw(scattered, seed)) / 500;
        }
        assertThat(apart).as("hidden share of the neighbours of a hidden patch").isCloseTo(119 / 195.0, within(0.01));
        assertThat(together).as("the same in blocks").isGreaterThan(0.8);
    }

    @Test
    void blockHidesOneWholeBlockWhereTheSmallestIsAllThatIsWanted() {
        MaskSampler sampler = new BlockMaskSampler(
                new BlockMaskSampler.Config(OptionalInt.of(196 - 16), OptionalDouble.empty(), 16, 1), GRID);
        for (int seed = 0; seed < 100; seed++) {
            int[] masked = draw(sampler, seed).masked();
            int first = masked[0];
            assertThat(masked).containsExactly(
                    IntStream.range(0, 16).map(i -> first + i / 4 * 14 + i % 4).toArray());
        }
    }

    @Test
    void blockRefusesBlocksThatAreLargerThanWhatIsHidden() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.block(190, GRID))
                .withMessage("min-patches must be at most the 6 cells that are hidden, but is 16");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.block(20, 0, GRID))
                .withMessage("min-patches must be at least 1, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockMaskSampler.Config(OptionalInt.of(20), OptionalDouble.empty(), 16, 1.5))
                .withMessage("min-aspect must be above 0 and at most 1, but is 1.5");
    }

    @Test
    void inverseBlockShowsOneRectangleOnTheTorus() {
        MaskSampler sampler = Samplers.inverseBlock(69, true, GRID);
        Set<Integer> heights = new HashSet<>();
        for (int seed = 0; seed < 1000; seed++) {
            int[] visible = draw(sampler, seed).visible();
            int height = extentOnCircle(Arrays.stream(visible).map(GRID::row).toArray());
            int width = extentOnCircle(Arrays.stream(visible).map(GRID::column).toArray());
            assertThat(visible).hasSize(69);
            assertThat(height * width).as("a rectangle whose last row may be shorter").isBetween(69, 68 + width);
            heights.add(height);
        }
        assertThat(heights).as("aspects from 1/2 to 2").containsExactlyInAnyOrder(6, 7, 8, 9, 10, 12);
    }

    @Test
    void inverseBlockShowsEveryPatchEquallyOftenIfItRolls() {
        int draws = 20_000;
        int[] rolled = seen(Samplers.inverseBlock(49, true, GRID), draws);
        // Five standard deviations of a binomial count.
        assertThat(rolled).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isCloseTo(draws / 4, within(306));
            }
        });
        int[] inside = seen(Samplers.inverseBlock(49, false, GRID), draws);
        assertThat(inside[0]).as("a corner").isLessThan(draws / 20);
        assertThat(inside[GRID.id(7, 7)]).as("the middle").isGreaterThan(draws / 2);
    }

    @Test
    void inverseBlockStaysOnTheGridIfItDoesNotRoll() {
        MaskSampler sampler = Samplers.inverseBlock(49, false, GRID);
        for (int seed = 0; seed < 1000; seed++) {
            int[] visible = draw(sampler, seed).visible();
            int height = 1 + GRID.row(visible[48]) - GRID.row(visible[0]);
            int left = Arrays.stream(visible).map(GRID::column).min().getAsInt();
            int right = Arrays.stream(visible).map(GRID::column).max().getAsInt();
            assertThat(height * (1 + right - left)).isBetween(49, 48 + 1 + right - left);
        }
    }

    /** A side is the nearest whole number, so that a block may stem from sides up to half a cell longer or shorter. */
    @Test
    void multiBlockDrawsTargetsAndContextsOfThePublishedSizes() {
        MultiBlockMaskSampler sampler = Samplers.multiBlock(GRID);
        RandomGenerator random = new SplittableRandom(1);
        double area = 0;
        for (int i = 0; i < 10_000; i++) {
            Block target = sampler.target(random);
            assertThat((target.height() + 0.5) * (target.width() + 0.5)).isGreaterThanOrEqualTo(0.15 * 196);
            assertThat((target.height() - 0.5) * (target.width() - 0.5)).isLessThanOrEqualTo(0.2 * 196);
            assertThat((target.height() + 0.5) / (target.width() - 0.5)).isGreaterThanOrEqualTo(0.75);
            assertThat((target.height() - 0.5) / (target.width() + 0.5)).isLessThanOrEqualTo(1.5);
            area += target.height() * target.width() / 10_000.0;
            Block context = sampler.context(random);
            assertThat(context.height()).isEqualTo(context.width()).isBetween(13, 14);
            assertThat(target.top() + target.height()).isLessThanOrEqualTo(14);
            assertThat(target.left() + target.width()).isLessThanOrEqualTo(14);
        }
        assertThat(area).as("0.175 of 196").isCloseTo(34.3, within(0.7));
    }

    @Test
    void multiBlockShowsNothingOfATargetAndPredictsNothingElse() {
        MultiBlockMaskSampler sampler = Samplers.multiBlock(GRID);
        int asDrawn = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            EqualCounts.Areas areas = sampler.draw(new SplittableRandom(seed));
            assertThat(areas.seen().intersects(areas.predicted())).isFalse();
            PatchMask mask = draw(sampler, seed);
            if (areas.seen().cardinality() >= mask.visibleCount() && areas.predicted().cardinality() >= mask.maskedCount()) {
                asDrawn++;
                assertThat(Arrays.stream(mask.visible())).allMatch(areas.seen()::get);
                assertThat(Arrays.stream(mask.masked())).allMatch(areas.predicted()::get);
            }
        }
        assertThat(asDrawn).as("of 10,000 first draws that are large enough").isGreaterThan(8_900);
    }

    @Test
    void multiBlockLeavesEnoughToSee() {
        PatchMask mask = draw(Samplers.multiBlock(GRID), 0);
        assertThat(mask.visibleCount()).isBetween(50, 90);
        assertThat(mask.maskedCount()).isBetween(60, 110);
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.multiBlock(30, 10, GRID)).withMessageMatching(
                "min-keep is 10, but the target blocks leave [0-9] cells to see: have fewer or smaller target blocks");
    }

    @Test
    void multiBlockRefusesRangesThatAreUpsideDown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultiBlockMaskSampler.Config(4, 0.3, 0.2, 0.75, 1.5, 0.85, 1, 10))
                .withMessage("min-target-scale must be at most max-target-scale, 0.2, but is 0.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultiBlockMaskSampler.Config(4, 0.15, 0.2, 2, 1.5, 0.85, 1, 10))
                .withMessage("min-target-aspect must be at most max-target-aspect, 1.5, but is 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultiBlockMaskSampler.Config(4, 0.15, 0.2, 0.75, 1.5, 0.85, 1.5, 10))
                .withMessage("max-context-scale must be above 0 and at most 1, but is 1.5");
    }

    @Test
    void gridShowsALatticeFromARandomCorner() {
        for (int step : new int[] {2, 3, 5, 14}) {
            MaskSampler sampler = Samplers.grid(step, GRID);
            int side = 14 / step;
            Set<Integer> corners = new HashSet<>();
            for (int seed = 0; seed < 2000; seed++) {
                int[] visible = draw(sampler, seed).visible();
                int corner = visible[0];
                corners.add(corner);
                assertThat(visible).containsExactly(IntStream.range(0, side * side)
                        .map(i -> corner + i / side * step * 14 + i % side * step)
                        .toArray());
            }
            int places = 14 - (side - 1) * step;
            assertThat(corners).as("of a lattice of step %d", step).hasSize(places * places);
        }
    }

    @Test
    void gridNarrowsTheLatticeOrShowsAPartOfIt() {
        MaskSampler sampler = Samplers.grid(4, GRID);
        int[] part = sampler.sample(TestMaskContext.of(GRID, 1).showing(5)).visible();
        assertThat(Arrays.stream(part).map(id -> GRID.row(id) % 4 * 4 + GRID.column(id) % 4).distinct().count()).isEqualTo(1);
        int[] more = sampler.sample(TestMaskContext.of(GRID, 1).showing(12)).visible();
        assertThat(Arrays.stream(more).map(id -> GRID.row(id) % 4 * 3 + GRID.column(id) % 3).distinct().count())
                .as("every fourth row and every third column")
                .isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.grid(7, BANDS))
                .withMessage("step must be at most the shorter side of the grid of 6 x 8, but is 7");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.grid(1, GRID))
                .withMessage("step must be at least 2, but is 1");
    }

    @Test
    void prefixShowsTheFirstPatches() {
        assertThat(draw(Samplers.prefix(20, GRID), 1).visible()).containsExactly(IntStream.range(0, 20).toArray());
    }

    @Test
    void rowShowsWholeRowsEachEquallyOften() {
        MaskSampler sampler = Samplers.row(3, GRID);
        int[] drawn = new int[14];
        for (int seed = 0; seed < 7000; seed++) {
            int[] visible = draw(sampler, seed).visible();
            assertThat(visible).hasSize(42);
            Set<Integer> rows = new TreeSet<>();
            Arrays.stream(visible).forEach(id -> rows.add(GRID.row(id)));
            assertThat(rows).hasSize(3);
            rows.forEach(row -> drawn[row]++);
        }
        // Five standard deviations of a binomial count.
        assertThat(drawn).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isCloseTo(1500, within(172));
            }
        });
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.row(14, GRID))
                .withMessage("rows must be fewer than the 14 that the grid has, but is 14");
    }

    @Test
    void rowShowsPartOfTheLastRowWhereItIsToldANumberThatNeedsIt() {
        int[] visible = Samplers.row(1, GRID).sample(TestMaskContext.of(GRID, 2).showing(20)).visible();
        assertThat(GRID.row(visible[13])).isEqualTo(GRID.row(visible[0]));
        assertThat(Arrays.stream(visible).skip(14).map(GRID::column)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void gappedKeepsItsDistance() {
        for (int[] keys : new int[][] {{20, 2, 1}, {20, 3, 1}, {49, 2, 1}, {49, 4, 7}}) {
            int distance = keys[1];
            MaskSampler sampler = Samplers.gapped(keys[0], distance, keys[2], GRID);
            for (int seed = 0; seed < 1000; seed++) {
                PatchMask mask = draw(sampler, seed);
                int[] visible = mask.visible();
                assertThat(visible).hasSize(keys[0]);
                assertThat(Arrays.stream(mask.masked())).allMatch(id -> nearest(id, visible) >= distance);
            }
        }
    }

    @Test
    void gappedRefusesADistanceThatLeavesNothingToPredict() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.gapped(49, 4, 1, GRID)).withMessage(
                "beside 49 visible patches none is left to predict: show fewer, show them in larger blocks, or lower distance");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.gapped(20, 1, 1, GRID))
                .withMessage("distance must be at least 2, but is 1");
    }

    @Test
    void allBandsOfACellShareItsFate() {
        for (MaskSampler sampler : new MaskSampler[] {
            Samplers.block(60, BANDS), Samplers.inverseBlock(60, true, BANDS), Samplers.multiBlock(BANDS),
            Samplers.grid(2, BANDS), Samplers.prefix(60, BANDS), Samplers.row(2, BANDS), Samplers.gapped(30, 2, 2, BANDS)
        }) {
            for (int seed = 0; seed < 100; seed++) {
                PatchMask mask = draw(sampler, seed, BANDS);
                for (int[] ids : new int[][] {mask.visible(), mask.masked(), mask.omitted()}) {
                    BitSet group = Cells.of(ids);
                    assertThat(Arrays.stream(ids)).as("%s", sampler).allMatch(id -> group.get((id + 48) % 144));
                }
            }
        }
    }

    private static PatchMask draw(MaskSampler sampler, long seed) {
        return draw(sampler, seed, GRID);
    }

    private static PatchMask draw(MaskSampler sampler, long seed, PatchGrid grid) {
        return sampler.sample(TestMaskContext.of(grid, seed));
    }

    private static int[] seen(MaskSampler sampler, int draws) {
        int[] counts = new int[GRID.size()];
        for (int seed = 0; seed < draws; seed++) {
            for (int id : draw(sampler, seed).visible()) {
                counts[id]++;
            }
        }
        return counts;
    }

    /** The share of the neighbours of hidden patches that are hidden too. */
    private static double hiddenNeighbours(PatchMask mask) {
        BitSet hidden = Cells.of(mask.masked());
        int pairs = 0;
        int together = 0;
        for (int id : mask.masked()) {
            if (GRID.column(id) < 13) {
                pairs++;
                together += hidden.get(id + 1) ? 1 : 0;
            }
            if (GRID.row(id) < 13) {
                pairs++;
                together += hidden.get(id + 14) ? 1 : 0;
            }
        }
        return (double) together / pairs;
    }

    /** How many places of a circle of 14 lie from the first to the last of some that are neighbours. */
    private static int extentOnCircle(int[] places) {
        BitSet set = Cells.of(places);
        long beginnings = set.stream().filter(place -> !set.get((place + 13) % 14)).count();
        assertThat(beginnings).as("beginnings of runs in %s", set).isEqualTo(set.cardinality() == 14 ? 0 : 1);
        return set.cardinality();
    }

    private static int nearest(int id, int[] others) {
        return Arrays.stream(others)
                .map(other -> Math.max(
                        Math.abs(GRID.row(id) - GRID.row(other)), Math.abs(GRID.column(id) - GRID.column(other))))
                .min()
                .getAsInt();
    }
}
