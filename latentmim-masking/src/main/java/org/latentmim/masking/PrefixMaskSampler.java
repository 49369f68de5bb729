package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Shows the first patches, row by row, and hides the others (AIM). Every draw is the same. */
final class PrefixMaskSampler implements MaskSampler {

    @Meaning("Shows the first patches, row by row, and hides the others (AIM)")
    record Config(
            @Meaning("how many patches are seen") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio) {

        Config {
            new VisibleCount(visible, maskRatio);
        }
    }

    private final int visible;

    @Inject
    PrefixMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
    }

    @Override
    public PatchMask sample(MaskContext context) {
        int shown = context.visible().orElse(visible);
        BitSet seen = new BitSet(context.grid().cells());
        seen.set(0, Cells.holding(shown, context.grid()));
        return Cells.showing(seen, shown, context.grid());
    }
}
