package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/**
 * Keeps what is predicted away from what is seen: shows square blocks drawn at random, predicts only patches that are far enough
 * from all of them, and leaves out those between. It does with whole cells what the gap of the grid does with pixels (Latent MIM,
 * section 3.5).
 */
final class GappedMaskSampler implements MaskSampler {

    @Meaning("Predicts only patches that are far enough from all that are seen, and leaves out those between")
    record Config(
            @Meaning("how many patches are seen") OptionalInt visible,
            @Meaning("share of the patches that is not seen, between 0 and 1; in place of visible") OptionalDouble maskRatio,
            @Meaning("rows or columns from a patch seen to one predicted, at least 2; 1 would be neighbours") @Default("2")
                    int distance,
            @Meaning("side in patches of the square blocks that are seen, at least 1; the larger, the more is left to predict")
                    @Default("1") int block) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.atLeast(2, distance, "distance");
            KeyRange.atLeast(1, block, "block");
        }
    }

    private final int visible;
    private final int distance;
    private final int block;
    private final PatchGrid grid;
    private final EqualCounts counts;

    @Inject
    GappedMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        distance = config.distance();
        block = config.block();
        this.grid = grid;
        counts = new EqualCounts(grid, this::draw, "show fewer, show them in larger blocks, or lower distance");
        counts.predictedBeside(visible);
    }

    @Override
    public PatchMask sample(MaskContext context) {
        return counts.sample(context.visible().orElse(visible), context.random());
    }

    private EqualCounts.Areas draw(int wanted, RandomGenerator random) {
        BitSet seen = new BitSet(grid.cells());
        for (int left = wanted; left > 0; left = wanted - seen.cardinality()) {
            BitSet square = new BitSet(grid.cells());
            Block.draw(block * block, 1, grid, random).addTo(square, grid);
            square.andNot(seen);
            Cells.move(left, square, seen, random);
        }
        BitSet near = new BitSet(grid.cells());
        for (int cell = seen.nextSetBit(0); cell >= 0; cell = seen.nextSetBit(cell + 1)) {
            Block.around(cell, distance, grid).addTo(near, grid);
        }
        near.flip(0, grid.cells());
        return new EqualCounts.Areas(seen, near);
    }
}
