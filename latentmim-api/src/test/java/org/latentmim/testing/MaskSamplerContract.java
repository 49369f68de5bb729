package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskSampler;

/** What every {@link MaskSampler} promises. */
public abstract class MaskSamplerContract {

    private static final int DRAWS = 200;

    /** Builds the sampler to test, as the framework would for this grid. */
    protected abstract MaskSampler sampler(PatchGrid grid);

    /** The grid to test on; at least 6 x 6, so that two masks are hardly ever equal by chance. */
    protected PatchGrid grid() {
        return new PatchGrid(14, 14, 16, 4, 3);
    }

    /** Whether the sampler can show any number of patches that it is told to; not if its number follows from its geometry. */
    protected boolean showsAnyNumber() {
        return true;
    }

    /** How many different masks the sampler can draw on this grid, where they are fewer than a few hundred. */
    protected int differentMasks() {
        return DRAWS;
    }

    @Test
    void dividesTheGridIntoGroupsThatAreDisjointAndComplete() {
        MaskSampler sampler = sampler(grid());
        for (int seed = 0; seed < DRAWS; seed++) {
            PatchMask mask = draw(sampler, seed, 0);
            assertThat(Stream.of(mask.visible(), mask.masked(), mask.omitted()).flatMapToInt(IntStream::of).sorted())
                    .containsExactly(IntStream.range(0, grid().size()).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void showsAndHidesTheSameNumberOfPatchesInEveryDrawAtOneProgress() {
        MaskSampler sampler = sampler(grid());
        for (double fraction : new double[] {0, 0.001, 0.25, 0.5, 1}) {
            Set<List<Integer>> counts = new HashSet<>();
            for (int seed = 0; seed < DRAWS; seed++) {
                PatchMask mask = draw(sampler, seed, fraction);
                counts.add(List.of(mask.visibleCount(), mask.maskedCount()));
            }
            assertThat(counts).as("numbers of visible and masked patches after " + fraction + " of the run").hasSize(1);
        }
    }

    @Test
    void showsAsManyPatchesAsItIsToldTo() {
        assumeTrue(showsAnyNumber(), "the number of patches follows from the geometry of this sampler");
        MaskSampler sampler = sampler(grid());
        for (int visible : new int[] {grid().size() / 10, grid().size() / 4, grid().size() / 3}) {
            Set<List<Integer>> counts = new HashSet<>();
            for (int seed = 0; seed < DRAWS; seed++) {
                PatchMask mask = sampler.sample(TestMaskContext.of(grid(), seed).showing(visible));
                assertThat(mask.visibleCount()).isEqualTo(visible);
                counts.add(List.of(mask.visibleCount(), mask.maskedCount()));
            }
            assertThat(counts).as("numbers of visible and masked patches").hasSize(1);
        }
    }

    @Test
    void drawsTheSameMaskFromTheSameSeed() {
        MaskSampler sampler = sampler(grid());
        PatchMask first = draw(sampler, 7, 0);
        draw(sampler, 8, 0);
        assertThat(draw(sampler, 7, 0)).as("the same sampler once more").isEqualTo(first);
        assertThat(draw(sampler(grid()), 7, 0)).as("another sampler with the same configuration").isEqualTo(first);
    }

    @Test
    void drawsOtherMasksFromOtherSeeds() {
        MaskSampler sampler = sampler(grid());
        Set<PatchMask> masks = new HashSet<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            masks.add(draw(sampler, seed, 0));
        }
        assertThat(masks).as("different masks in " + DRAWS + " draws").hasSizeGreaterThan(Math.min(DRAWS, differentMasks()) / 2);
    }

    @Test
    void drawsAnotherMaskForTheNextImage() {
        MaskSampler sampler = sampler(grid());
        RandomGenerator random = new SplittableRandom(3);
        Set<PatchMask> masks = new HashSet<>();
        for (int image = 0; image < 10; image++) {
            masks.add(sampler.sample(TestMaskContext.of(grid(), 0).with(random)));
        }
        assertThat(masks).as("different masks of 10 images").hasSizeGreaterThan(Math.min(1, differentMasks() - 1));
    }

    @Test
    void drawsTheSameMasksOnManyThreads() {
        MaskSampler sampler = sampler(grid());
        PatchMask[] serial = IntStream.range(0, DRAWS).mapToObj(seed -> draw(sampler, seed, 0)).toArray(PatchMask[]::new);
        PatchMask[] parallel =
                IntStream.range(0, DRAWS).parallel().mapToObj(seed -> draw(sampler, seed, 0)).toArray(PatchMask[]::new);
        assertThat(parallel).isEqualTo(serial);
    }

    private PatchMask draw(MaskSampler sampler, long seed, double fraction) {
        return sampler.sample(TestMaskContext.of(grid(), seed).after(fraction));
    }
}
