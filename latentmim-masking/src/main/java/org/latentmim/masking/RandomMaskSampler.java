package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Shows patches drawn at random from the whole grid, each as likely as any other. */
final class RandomMaskSampler implements MaskSampler {

    @Meaning("Shows patches drawn at random, each as likely as any other")
    record Config(
            @Meaning("How many patches are seen; the paper shows 20 of 196") OptionalInt visible,
            @Meaning("Share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio) {

        Config {
            if (visible.isPresent() && maskRatio.isPresent()) {
                throw new IllegalArgumentException("give either visible or mask-ratio, not both");
            }
            if (visible.isEmpty() && maskRatio.isEmpty()) {
                throw new IllegalArgumentException("give visible or mask-ratio");
            }
            if (visible.isPresent() && visible.getAsInt() < 1) {
                throw new IllegalArgumentException("visible must be at least 1, but is " + visible.getAsInt());
            }
            if (maskRatio.isPresent() && !(maskRatio.getAsDouble() > 0 && maskRatio.getAsDouble() < 1)) {
                throw new IllegalArgumentException("mask-ratio must be between 0 and 1, but is " + maskRatio.getAsDouble());
            }
        }
    }

    private final int visible;

    @Inject
    RandomMaskSampler(Config config, PatchGrid grid) {
        int patches = grid.size();
        visible = config.visible().orElseGet(() -> patches - (int) Math.round(patches * config.maskRatio().getAsDouble()));
        if (visible < 1 || visible >= patches) {
            String range = "between 1 and " + (patches - 1);
            String size = " on a grid of " + grid.rows() + " x " + grid.columns();
            throw new IllegalArgumentException(config.visible().isPresent()
                    ? "visible must be " + range + size + ", but is " + visible
                    : "mask-ratio must leave " + range + " patches visible" + size + ", but "
                            + config.maskRatio().getAsDouble() + " leaves " + visible);
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        return PatchMask.ofOrder(permutation(context.grid().size(), context.random()), context.visible().orElse(visible));
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
