package org.latentmim.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.TestMaskContext;

/** Samplers around other samplers, and the one that hides bands. */
class ComposedSamplersTest {

    private static final PatchGrid GRID = new PatchGrid(14, 14, 1, 0, 1);
    private static final PatchGrid BANDS = new PatchGrid(5, 5, 1, 0, 8, 4);

    @Test
    void curriculumHidesMoreAndMore() {
        MaskSampler sampler = Samplers.curriculum(0.5, 0.9, Samplers.block(20, GRID), GRID);
        assertThat(sampler.sample(image(1).after(0)).maskedCount()).as("half of 196").isEqualTo(98);
        assertThat(sampler.sample(image(1).after(0.5)).maskedCount()).as("0.7 of 196").isEqualTo(137);
        assertThat(sampler.sample(image(1).after(1)).maskedCount()).as("0.9 of 196").isEqualTo(176);
        assertThat(sampler.sample(image(1).after(1).showing(5)).visibleCount()).as("as it is told").isEqualTo(5);
    }

    @Test
    void curriculumHidesAsTheSamplerInsideDoes() {
        MaskSampler sampler = Samplers.curriculum(0.5, 0.9, Samplers.prefix(1, GRID), GRID);
        assertThat(sampler.sample(image(1).after(1)).visible()).containsExactly(IntStream.range(0, 20).toArray());
    }

    @Test
    void curriculumNamesASamplerThatDoesNotObey() {
        PatchMask always = PatchMask.ofVisible(GRID, Cells.of(new int[] {1, 2, 3}));
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.curriculum(0.5, 0.9, context -> always, GRID)).withMessage(
                "the mask sampler 'inside' was told to show 98 patches, but shows 3: it does not ask MaskContext.visible()");
    }

    @Test
    void curriculumRefusesSharesThatTheSamplerInsideCannotMeet() {
        MaskSampler gapped = Samplers.gapped(10, 3, 1, GRID);
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.curriculum(0.5, 0.95, gapped, GRID)).withMessage(
                "beside 98 visible patches none is left to predict: show fewer, show them in larger blocks, or lower distance");
    }

    @Test
    void curriculumRefusesSharesThatNoGridAllows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.curriculum(0, 0.9, Samplers.random(20, GRID), GRID))
                .withMessage("from must be between 0 and 1, but is 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.curriculum(0.5, 0.999, Samplers.random(20, GRID), GRID))
                .withMessage("to must leave between 1 and 195 patches visible on a grid of 14 x 14, but 0.999 leaves 0");
    }

    @Test
    void mixtureDrawsEachSamplerAsOftenAsItsWeightSays() {
        MaskSampler even = Samplers.mixture(GRID, List.of(), context -> prefix(0), context -> prefix(1), context -> prefix(2));
        assertThat(drawn(even)).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(0.018));
        MaskSampler weighted = Samplers.mixture(
                GRID, List.of(1.0, 5.0, 2.0), context -> prefix(0), context -> prefix(1), context -> prefix(2));
        assertThat(drawn(weighted)).containsExactly(new double[] {0.125, 0.625, 0.25}, within(0.018));
    }

    @Test
    void mixtureWantsEqualNumbersFromAllItsSamplers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.mixture(GRID, List.of(), Samplers.random(49, GRID), Samplers.row(3, GRID)))
                .withMessage("samplers must all show and hide equally many patches to predict, but "
                        + "sampler-1 shows 49 and hides 147, sampler-2 shows 42 and hides 154");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.mixture(GRID, List.of(), Samplers.random(98, GRID),
                        Samplers.curriculum(0.5, 0.75, Samplers.random(98, GRID), GRID)))
                .withMessage("samplers must all show and hide equally many patches to predict, but "
                        + "sampler-1 shows 98 and hides 98, sampler-2 shows 73 and hides 123 after 0.5 of the run");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.mixture(GRID, List.of(), Samplers.random(49, GRID),
                        Samplers.subsampled(0.5, Samplers.random(49, GRID))))
                .withMessage("samplers must all show and hide equally many patches to predict, but "
                        + "sampler-1 shows 49 and hides 147, sampler-2 shows 49 and hides 74");
    }

    @Test
    void mixtureWantsAWeightForEachSampler() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.mixture(GRID, List.of()))
                .withMessage("samplers must name at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.mixture(GRID, List.of(1.0, 2.0), Samplers.random(49, GRID)))
                .withMessage("weights must be as many as the samplers, 1, but are 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samplers.mixture(GRID, List.of(0.0), Samplers.random(49, GRID)))
                .withMessage("weights must be a number above 0, but is 0.0");
    }

    @Test
    void subsampledPredictsAShareOfWhatIsHiddenEachEquallyOften() {
        MaskSampler sampler = Samplers.subsampled(0.25, Samplers.prefix(96, GRID));
        int[] predicted = new int[196];
        for (int seed = 0; seed < 20_000; seed++) {
            PatchMask mask = sampler.sample(image(seed));
            assertThat(mask.visible()).containsExactly(IntStream.range(0, 96).toArray());
            assertThat(mask.maskedCount()).isEqualTo(25);
            assertThat(mask.omittedCount()).isEqualTo(75);
            Arrays.stream(mask.masked()).forEach(id -> predicted[id]++);
        }
        // Five standard deviations of a binomial count.
        assertThat(Arrays.stream(predicted).skip(96)).allMatch(count -> Math.abs(count - 5000) < 306);
    }

    @Test
    void subsampledKeepsOutWhatTheSamplerInsideLeavesOutAndPredictsAtLeastOnePatch() {
        MaskSampler gapped = Samplers.gapped(20, 2, 1, GRID);
        BitSet inside = Cells.of(gapped.sample(image(3)).masked());
        assertThat(Arrays.stream(Samplers.subsampled(0.5, gapped).sample(image(3)).masked())).allMatch(inside::get);
        assertThat(Samplers.subsampled(0.001, gapped).sample(image(3)).maskedCount()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.subsampled(0, gapped))
                .withMessage("share must be above 0 and at most 1, but is 0.0");
    }

    @Test
    void channelsHideWholeBandsEachEquallyOften() {
        MaskSampler sampler = Samplers.channels(1, BANDS);
        int[] seen = new int[4];
        for (int seed = 0; seed < 4000; seed++) {
            int[] visible = sampler.sample(TestMaskContext.of(BANDS, seed)).visible();
            int band = BANDS.band(visible[0]);
            assertThat(visible).containsExactly(IntStream.range(25 * band, 25 * band + 25).toArray());
            seen[band]++;
        }
        assertThat(Arrays.stream(seen)).as("of 4,000").allMatch(count -> Math.abs(count - 1000) < 137);
    }

    @Test
    void channelsHideCellsOfTheBandsThatAreSeenToo() {
        MaskSampler sampler = Samplers.channels(2, Samplers.block(40, 4, BANDS), BANDS);
        for (int seed = 0; seed < 200; seed++) {
            int[] visible = sampler.sample(TestMaskContext.of(BANDS, seed)).visible();
            assertThat(visible).as("10 cells of 2 bands").hasSize(20);
            int[] cells = Arrays.stream(visible).map(id -> id % 25).toArray();
            assertThat(Arrays.copyOf(cells, 10)).containsExactly(Arrays.copyOfRange(cells, 10, 20));
            assertThat(Arrays.stream(visible).map(BANDS::band).distinct().count()).isEqualTo(2);
        }
    }

    @Test
    void channelsShowEveryPatchOfTheirBandsEquallyOftenAroundRandom() {
        MaskSampler sampler = Samplers.channels(2, Samplers.random(40, BANDS), BANDS);
        int[] seen = new int[100];
        for (int seed = 0; seed < 10_000; seed++) {
            PatchMask mask = sampler.sample(TestMaskContext.of(BANDS, seed));
            assertThat(mask.visibleCount()).isEqualTo(20);
            assertThat(mask.omittedCount()).isZero();
            Arrays.stream(mask.visible()).forEach(id -> seen[id]++);
        }
        assertThat(Arrays.stream(seen)).allMatch(count -> Math.abs(count - 2000) < 200);
    }

    @Test
    void channelsLeaveOutWhatTheSamplerInsideLeavesOut() {
        MaskSampler gapped = Samplers.gapped(20, 2, 2, BANDS);
        MaskSampler sampler = Samplers.channels(2, gapped, BANDS);
        int omitted = gapped.sample(TestMaskContext.of(BANDS, 0)).omittedCount();
        for (int seed = 0; seed < 200; seed++) {
            PatchMask mask = sampler.sample(TestMaskContext.of(BANDS, seed));
            assertThat(mask.visibleCount()).isEqualTo(10);
            assertThat(mask.omittedCount()).isPositive().isEqualTo(omitted);
            assertThat(Arrays.stream(mask.omitted()).map(id -> id % 25).distinct().count())
                    .as("whole cells")
                    .isEqualTo(omitted / 4);
        }
    }

    @Test
    void channelsShowMoreBandsWhereTheyAreToldToShowMoreThanTheirsHold() {
        int[] visible = Samplers.channels(1, BANDS).sample(TestMaskContext.of(BANDS, 1).showing(60)).visible();
        assertThat(visible).hasSize(60);
        assertThat(Arrays.stream(visible).map(BANDS::band).distinct().count()).isEqualTo(3);
    }

    @Test
    void channelsWantAGridOfSeveralBands() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.channels(1, GRID))
                .withMessage("channels hides bands, but the grid has only 1: give the grid more bands");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.channels(4, BANDS))
                .withMessage("seen must be fewer than the 4 bands of the grid, but is 4");
    }

    /** How often each sampler was drawn that shows only the patch of its number. */
    private static double[] drawn(MaskSampler sampler) {
        double[] share = new double[3];
        for (int seed = 0; seed < 20_000; seed++) {
            share[sampler.sample(image(seed)).visible()[0]] += 1 / 20_000.0;
        }
        return share;
    }

    private static PatchMask prefix(int id) {
        return PatchMask.ofVisible(GRID, Cells.of(new int[] {id}));
    }

    private static TestMaskContext image(long seed) {
        return TestMaskContext.of(GRID, seed);
    }
}
