package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Hides patches by how much the target encoder's class token looks at them (AttMask). */
final class AttentionMaskSampler implements MaskSampler {

    /** What is hidden more often. */
    enum Hide {
        HIGH,
        LOW
    }

    @Meaning("Hides patches drawn by the attention that the target's class token pays them (AttMask)")
    record Config(
            @Meaning("how many patches are seen") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio,
            @Meaning("which attention is hidden more often") @Default("high") Hide hide,
            @Meaning("power of the attention by which patches are drawn, at least 0; 0 is blind to it") @Default("1.0")
                    double strength) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.strength(strength);
        }
    }

    private final int visible;
    private final double power;

    @Inject
    AttentionMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        power = config.hide() == Hide.HIGH ? config.strength() : -config.strength();
    }

    @Override
    public PatchMask sample(MaskContext context) {
        float[] attention = context.attention();
        double[] scores = new double[attention.length];
        for (int id = 0; id < scores.length; id++) {
            scores[id] = attention[id];
        }
        return WeightedHiding.mask(scores, power, context.visible().orElse(visible), context.random());
    }
}
