package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/**
 * Predicts several blocks from the rest of a large one (I-JEPA, section 3): the patches of the target blocks are predicted, those
 * of the context block that lie in no target are seen, and all others are left out.
 */
final class MultiBlockMaskSampler implements MaskSampler {

    @Meaning("Predicts several blocks of patches from the rest of a large, square one (I-JEPA)")
    record Config(
            @Meaning("how many blocks are predicted, at least 1") @Default("4") int targets,
            @Meaning("smallest target block, as a share of the grid, in (0, 1]") @Default("0.15") double minTargetScale,
            @Meaning("largest target block, as a share of the grid, in (0, 1]") @Default("0.2") double maxTargetScale,
            @Meaning("flattest target block: height to width, above 0") @Default("0.75") double minTargetAspect,
            @Meaning("steepest target block: height to width, above 0") @Default("1.5") double maxTargetAspect,
            @Meaning("smallest context block, as a share of the grid, in (0, 1]") @Default("0.85") double minContextScale,
            @Meaning("largest context block, as a share of the grid, in (0, 1]") @Default("1.0") double maxContextScale,
            @Meaning("cells that must be left to see, at least 1") @Default("10") int minKeep) {

        Config {
            KeyRange.atLeast(1, targets, "targets");
            KeyRange.share(minTargetScale, "min-target-scale");
            KeyRange.share(maxTargetScale, "max-target-scale");
            inOrder(minTargetScale, maxTargetScale, "target-scale");
            KeyRange.positive(minTargetAspect, "min-target-aspect");
            KeyRange.positive(maxTargetAspect, "max-target-aspect");
            inOrder(minTargetAspect, maxTargetAspect, "target-aspect");
            KeyRange.share(minContextScale, "min-context-scale");
            KeyRange.share(maxContextScale, "max-context-scale");
            inOrder(minContextScale, maxContextScale, "context-scale");
            KeyRange.atLeast(1, minKeep, "min-keep");
        }

        private static void inOrder(double least, double most, String key) {
            if (least > most) {
                throw new IllegalArgumentException(
                        "min-" + key + " must be at most max-" + key + ", " + most + ", but is " + least);
            }
        }
    }

    private static final String ADVICE = "have fewer or smaller target blocks";

    private final Config config;
    private final PatchGrid grid;
    private final EqualCounts counts;
    private final int visible;

    @Inject
    MultiBlockMaskSampler(Config config, PatchGrid grid) {
        this.config = config;
        this.grid = grid;
        counts = new EqualCounts(grid, (wanted, random) -> draw(random), ADVICE);
        visible = counts.visible();
        int cells = visible / grid.bands();
        if (cells < config.minKeep()) {
            throw new IllegalArgumentException(
                    "min-keep is " + config.minKeep() + ", but the target blocks leave " + cells + " cells to see: " + ADVICE);
        }
        counts.predictedBeside(visible);
    }

    @Override
    public PatchMask sample(MaskContext context) {
        return counts.sample(context.visible().orElse(visible), context.random());
    }

    /** Draws the context without the targets, and the targets. */
    EqualCounts.Areas draw(RandomGenerator random) {
        BitSet targets = new BitSet(grid.cells());
        for (int i = 0; i < config.targets(); i++) {
            target(random).addTo(targets, grid);
        }
        BitSet seen = new BitSet(grid.cells());
        context(random).addTo(seen, grid);
        seen.andNot(targets);
        return new EqualCounts.Areas(seen, targets);
    }

    Block target(RandomGenerator random) {
        double scale = Block.between(config.minTargetScale(), config.maxTargetScale(), random);
        double aspect = Block.between(config.minTargetAspect(), config.maxTargetAspect(), random);
        return Block.draw(scale * grid.cells(), aspect, grid, random);
    }

    Block context(RandomGenerator random) {
        double scale = Block.between(config.minContextScale(), config.maxContextScale(), random);
        return Block.draw(scale * grid.cells(), 1, grid, random);
    }
}
