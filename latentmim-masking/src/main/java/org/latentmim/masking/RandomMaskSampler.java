package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Shows patches, or squares of them (SimMIM), drawn at random from the whole grid, each as likely as any other. */
final class RandomMaskSampler implements MaskSampler {

    @Meaning("Shows patches drawn at random, each as likely as any other")
    record Config(
            @Meaning("how many patches are seen; the paper shows 20 of 196") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio,
            @Meaning("side in patches of the squares that are seen or hidden as one, at least 1; SimMIM takes 2") @Default("1")
                    int square) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.atLeast(1, square, "square");
        }
    }

    private final int visible;
    private final int square;

    @Inject
    RandomMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        square = config.square();
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        int[] order = square == 1 ? permutation(grid.size(), context.random()) : squareBySquare(grid, context.random());
        return PatchMask.ofOrder(order, context.visible().orElse(visible));
    }

    /** Squares at the lower and right border are cut where the grid is; so is the last that is seen, where the number is. */
    private int[] squareBySquare(PatchGrid grid, RandomGenerator random) {
        int down = Cells.ceilDiv(grid.rows(), square);
        int across = Cells.ceilDiv(grid.columns(), square);
        int[] order = new int[grid.size()];
        int next = 0;
        for (int drawn : permutation(grid.bands() * down * across, random)) {
            int first = drawn / (down * across) * grid.cells();
            int top = drawn / across % down * square;
            int left = drawn % across * square;
            for (int row = top; row < Math.min(top + square, grid.rows()); row++) {
                for (int column = left; column < Math.min(left + square, grid.columns()); column++) {
                    order[next++] = first + grid.id(row, column);
                }
            }
        }
        return order;
    }

    private static int[] permutation(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int id = 0; id < size; id++) {
            int place = random.nextInt(id + 1);
            order[id] = order[place];
            order[place] = id;
        }
        return order;
    }
}
