package org.latentmim.masking;

import static org.latentmim.masking.AttentionMaskSampler.Hide.HIGH;
import static org.latentmim.masking.AttentionMaskSampler.Hide.LOW;
import static org.latentmim.masking.ContentMaskSampler.Hide.BUSY;
import static org.latentmim.masking.ContentMaskSampler.Hide.FLAT;
import static org.latentmim.masking.ContentMaskSampler.Measure.ENERGY;
import static org.latentmim.masking.ContentMaskSampler.Measure.VARIANCE;
import static org.latentmim.masking.EverySamplerTest.Configuration.of;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.MaskSamplerContract;

/** Every sampler keeps the contract, in several configurations. */
@ParameterizedClass(name = "{0}")
@FieldSource("CONFIGURATIONS")
class EverySamplerTest extends MaskSamplerContract {

    record Configuration(String name, PatchGrid grid, int masks, Function<PatchGrid, MaskSampler> build) {

        static Configuration of(String name, Function<PatchGrid, MaskSampler> build) {
            return of(name, 1000, build);
        }

        static Configuration of(String name, int masks, Function<PatchGrid, MaskSampler> build) {
            return new Configuration(name, new PatchGrid(14, 14, 2, 1, 1), masks, build);
        }

        Configuration onRectangle() {
            return new Configuration(name + " on a rectangle", new PatchGrid(8, 12, 2, 1, 1), masks, build);
        }

        Configuration onBands() {
            return new Configuration(name + " on bands", new PatchGrid(10, 10, 2, 0, 4, 4), masks, build);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Configuration> CONFIGURATIONS = List.of(
            of("random", grid -> Samplers.random(20, grid)).onRectangle(),
            of("random", grid -> Samplers.random(40, grid)).onBands(),
            of("random squares", grid -> Samplers.squares(2, 20, grid)),
            of("random squares", grid -> Samplers.squares(3, 20, grid)).onBands(),
            of("block", grid -> Samplers.block(20, grid)),
            of("small blocks", grid -> Samplers.block(50, 4, grid)).onRectangle(),
            of("block", grid -> Samplers.block(150, grid)).onBands(),
            of("inverse-block", grid -> Samplers.inverseBlock(69, true, grid)),
            of("inverse-block without roll", 100, grid -> Samplers.inverseBlock(40, false, grid)).onRectangle(),
            of("inverse-block", 200, grid -> Samplers.inverseBlock(50, true, grid)).onBands(),
            of("multi-block", Samplers::multiBlock),
            of("multi-block", Samplers::multiBlock).onRectangle(),
            of("multi-block", Samplers::multiBlock).onBands(),
            of("grid of step 2", 4, grid -> Samplers.grid(2, grid)),
            of("grid of step 3", 25, grid -> Samplers.grid(3, grid)),
            of("grid of step 4", 12, grid -> Samplers.grid(4, grid)).onRectangle(),
            of("grid of step 4", 36, grid -> Samplers.grid(4, grid)).onBands(),
            of("prefix", 1, grid -> Samplers.prefix(20, grid)),
            of("prefix", 1, grid -> Samplers.prefix(30, grid)).onBands(),
            of("row", 91, grid -> Samplers.row(2, grid)),
            of("row", 56, grid -> Samplers.row(3, grid)).onRectangle(),
            of("row", 10, grid -> Samplers.row(1, grid)).onBands(),
            of("gapped", grid -> Samplers.gapped(20, 2, 1, grid)),
            of("gapped by 3", grid -> Samplers.gapped(20, 3, 4, grid)),
            of("gapped in blocks", grid -> Samplers.gapped(20, 2, 3, grid)).onRectangle(),
            of("gapped", grid -> Samplers.gapped(20, 2, 2, grid)).onBands(),
            of("content", grid -> Samplers.content(20, BUSY, VARIANCE, 1, grid)),
            of("content by energy", grid -> Samplers.content(20, FLAT, ENERGY, 2, grid)).onRectangle(),
            of("content", grid -> Samplers.content(40, BUSY, VARIANCE, 1, grid)).onBands(),
            of("attention", grid -> Samplers.attention(20, HIGH, 1, grid)),
            of("low attention", grid -> Samplers.attention(20, LOW, 0.5, grid)).onBands(),
            of("channels", 6, grid -> Samplers.channels(2, grid)).onBands(),
            of("channels around random", grid -> Samplers.channels(1, Samplers.random(100, grid), grid)).onBands(),
            of("channels around block", grid -> Samplers.channels(3, Samplers.block(100, grid), grid)).onBands(),
            of("channels around gapped", grid -> Samplers.channels(3, Samplers.gapped(40, 2, 3, grid), grid)).onBands(),
            of("channels around subsampled", grid -> Samplers.channels(
                    2, Samplers.subsampled(0.1, Samplers.random(100, grid)), grid)).onBands(),
            of("curriculum around random", grid -> Samplers.curriculum(0.5, 0.9, Samplers.random(20, grid), grid)),
            of("curriculum around grid", grid -> Samplers.curriculum(0.9, 0.6, Samplers.grid(2, grid), grid)),
            of("curriculum around multi-block", grid -> Samplers.curriculum(0.95, 0.7, Samplers.multiBlock(grid), grid)),
            of("curriculum around gapped", grid -> Samplers.curriculum(0.7, 0.9, Samplers.gapped(20, 2, 2, grid), grid)),
            of("mixture", grid -> Samplers.mixture(
                    grid, List.of(), Samplers.random(49, grid), Samplers.grid(2, grid), Samplers.block(49, grid))),
            of("mixture of gapped", grid -> Samplers.mixture(
                    grid, List.of(1.0, 3.0), Samplers.gapped(20, 2, 1, grid), Samplers.gapped(20, 2, 1, grid))),
            of("mixture in a curriculum", 100, grid -> Samplers.curriculum(0.6, 0.8, Samplers.mixture(
                    grid, List.of(), Samplers.random(49, grid), Samplers.prefix(49, grid)), grid)),
            of("subsampled random", grid -> Samplers.subsampled(0.05, Samplers.random(20, grid))),
            of("subsampled inverse-block", grid -> Samplers.subsampled(0.05, Samplers.inverseBlock(69, true, grid))),
            of("subsampled multi-block", grid -> Samplers.subsampled(0.5, Samplers.multiBlock(grid))).onRectangle());

    private final Configuration configuration;

    EverySamplerTest(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    protected PatchGrid grid() {
        return configuration.grid();
    }

    @Override
    protected MaskSampler sampler(PatchGrid grid) {
        return configuration.build().apply(grid);
    }

    @Override
    protected int differentMasks() {
        return configuration.masks();
    }
}
