package org.latentmim.masking;

import static org.latentmim.masking.AttentionMaskSampler.Hide.HIGH;
import static org.latentmim.masking.ContentMaskSampler.Hide.BUSY;
import static org.latentmim.masking.ContentMaskSampler.Measure.ENERGY;
import static org.latentmim.masking.ContentMaskSampler.Measure.VARIANCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.TestMaskContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long one thread takes to mask a batch: 256 images of 14 x 14 patches of 16 pixels, each image with pixels of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaskSamplerBenchmark {

    private static final int IMAGES = 256;

    /** A sampler by its name in a recipe; {@code content-energy} is {@code content} by another measure. */
    @Param({"random", "block", "inverse-block", "multi-block", "grid", "prefix", "row", "gapped", "content", "content-energy",
        "attention", "channels", "curriculum", "mixture", "subsampled"})
    public String name;

    private final List<TestMaskContext> images = new ArrayList<>();
    private MaskSampler sampler;

    /** Draws the images and builds the sampler. */
    @Setup
    public void setUp() {
        PatchGrid grid = new PatchGrid(14, 14, 16, 4, 3, name.equals("channels") ? 3 : 1);
        TestMaskContext first = TestMaskContext.of(grid, 0);
        Random noise = new Random(0);
        for (int i = 0; i < IMAGES; i++) {
            byte[] pixels = new byte[grid.height() * grid.width() * grid.channels()];
            noise.nextBytes(pixels);
            images.add(first.with(new SplittableRandom(i)).with(new PatchPixels(grid, pixels, 0, new int[2 * grid.cells()], 0)));
        }
        sampler = sampler(grid);
    }

    /** Masks the batch. */
    @Benchmark
    public List<PatchMask> batch() {
        List<PatchMask> masks = new ArrayList<>(IMAGES);
        for (TestMaskContext image : images) {
            masks.add(sampler.sample(image));
        }
        return masks;
    }

    private MaskSampler sampler(PatchGrid grid) {
        return switch (name) {
            case "random" -> Samplers.random(20, grid);
            case "block" -> Samplers.block(20, grid);
            case "inverse-block" -> Samplers.inverseBlock(20, true, grid);
            case "multi-block" -> Samplers.multiBlock(grid);
            case "grid" -> Samplers.grid(2, grid);
            case "prefix" -> Samplers.prefix(20, grid);
            case "row" -> Samplers.row(3, grid);
            case "gapped" -> Samplers.gapped(20, 2, 1, grid);
            case "content" -> Samplers.content(20, BUSY, VARIANCE, 1, grid);
            case "content-energy" -> Samplers.content(20, BUSY, ENERGY, 1, grid);
            case "attention" -> Samplers.attention(20, HIGH, 1, grid);
            case "channels" -> Samplers.channels(1, Samplers.random(60, grid), grid);
            case "curriculum" -> Samplers.curriculum(0.6, 0.9, Samplers.block(20, grid), grid);
            case "mixture" -> Samplers.mixture(grid, List.of(), Samplers.random(20, grid), Samplers.block(20, grid));
            case "subsampled" -> Samplers.subsampled(0.05, Samplers.random(20, grid));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
