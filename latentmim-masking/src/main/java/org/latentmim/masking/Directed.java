package org.latentmim.masking;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Progress;

/** A sampler inside another one, which tells it how many patches to show. */
final class Directed {

    private final MaskSampler sampler;
    private final String name;

    Directed(Part<MaskSampler> part, Parts parts) {
        sampler = parts.build(part);
        name = part.name();
    }

    /** Draws the sampler's own number. */
    PatchMask sample(MaskContext context) {
        return sampler.sample(context);
    }

    /**
     * Draws a mask that shows so many patches.
     *
     * @throws IllegalArgumentException if the sampler does not obey
     */
    PatchMask sample(MaskContext context, int visible) {
        PatchMask mask = sampler.sample(new Told(context, OptionalInt.of(visible)));
        if (mask.visibleCount() != visible) {
            throw new IllegalArgumentException("the mask sampler '" + name + "' was told to show " + visible + " patches, but shows "
                    + mask.visibleCount() + ": it does not ask MaskContext.visible()");
        }
        return mask;
    }

    private record Told(MaskContext context, OptionalInt visible) implements MaskContext {

        @Override
        public PatchGrid grid() {
            return context.grid();
        }

        @Override
        public RandomGenerator random() {
            return context.random();
        }

        @Override
        public Progress progress() {
            return context.progress();
        }

        @Override
        public PatchPixels pixels() {
            return context.pixels();
        }

        @Override
        public float[] attention() {
            return context.attention();
        }
    }
}
