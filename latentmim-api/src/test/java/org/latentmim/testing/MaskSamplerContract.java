package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Progress;

/** What every {@link MaskSampler} promises. */
public abstract class MaskSamplerContract {

    private static final int DRAWS = 200;

    /** Builds the sampler to test, as the framework would for this grid. */
    protected abstract MaskSampler sampler(PatchGrid grid);

    /** The grid to test on; at least 6 x 6, so that two masks are hardly ever equal by chance. */
    protected PatchGrid grid() {
        return new PatchGrid(14, 14, 16, 4, 3);
    }

    @Test
    void dividesTheGridIntoTwoHalvesThatAreDisjointAndComplete() {
        MaskSampler sampler = sampler(grid());
        for (int seed = 0; seed < DRAWS; seed++) {
            PatchMask mask = draw(sampler, seed, 0);
            assertThat(IntStream.concat(IntStream.of(mask.visible()), IntStream.of(mask.masked())).sorted())
                    .containsExactly(IntStream.range(0, grid().size()).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void showsTheSameNumberOfPatchesInEveryDrawAtOneProgress() {
        MaskSampler sampler = sampler(grid());
        for (long step : new long[] {0, 1, 250, 500, 999}) {
            Set<Integer> counts = new HashSet<>();
            for (int seed = 0; seed < DRAWS; seed++) {
                counts.add(draw(sampler, seed, step).visibleCount());
            }
            assertThat(counts).as("numbers of visible patches at step " + step).hasSize(1);
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
        assertThat(masks).as("different masks in " + DRAWS + " draws").hasSizeGreaterThan(DRAWS / 2);
    }

    @Test
    void drawsAnotherMaskForTheNextImage() {
        MaskSampler sampler = sampler(grid());
        RandomGenerator random = new SplittableRandom(3);
        Set<PatchMask> masks = new HashSet<>();
        for (int image = 0; image < 10; image++) {
            masks.add(sampler.sample(new Context(grid(), random, progress(0))));
        }
        assertThat(masks).as("different masks of 10 images").hasSizeGreaterThan(1);
    }

    @Test
    void drawsTheSameMasksOnManyThreads() {
        MaskSampler sampler = sampler(grid());
        PatchMask[] serial = IntStream.range(0, DRAWS).mapToObj(seed -> draw(sampler, seed, 0)).toArray(PatchMask[]::new);
        PatchMask[] parallel =
                IntStream.range(0, DRAWS).parallel().mapToObj(seed -> draw(sampler, seed, 0)).toArray(PatchMask[]::new);
        assertThat(parallel).isEqualTo(serial);
    }

    private PatchMask draw(MaskSampler sampler, long seed, long step) {
        return sampler.sample(new Context(grid(), new SplittableRandom(seed), progress(step)));
    }

    private static Progress progress(long step) {
        return new Progress(step, 1000, step / 10.0, 100);
    }

    private record Context(PatchGrid grid, RandomGenerator random, Progress progress) implements MaskContext {}
}
