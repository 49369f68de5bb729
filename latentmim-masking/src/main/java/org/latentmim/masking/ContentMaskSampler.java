package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;

/** Hides patches by what they show: the busy ones more often than the flat ones, or the other way round. */
final class ContentMaskSampler implements MaskSampler {

    /** What is hidden more often. */
    enum Hide {
        BUSY,
        FLAT
    }

    /** How busy a patch is. */
    enum Measure {
        VARIANCE,
        ENERGY
    }

    @Meaning("Hides patches drawn by their content: busy ones more often than flat ones, or the other way round")
    record Config(
            @Meaning("how many patches are seen") OptionalInt visible,
            @Meaning("share of the patches that is hidden, between 0 and 1; in place of visible") OptionalDouble maskRatio,
            @Meaning("what is hidden more often") @Default("busy") Hide hide,
            @Meaning("how busy a patch is: the variance of its pixels, or the energy of its edges") @Default("variance")
                    Measure measure,
            @Meaning("power of the measure by which patches are drawn, at least 0; 0 is blind to it") @Default("1.0")
                    double strength) {

        Config {
            new VisibleCount(visible, maskRatio);
            KeyRange.strength(strength);
        }
    }

    private final int visible;
    private final double power;
    private final Measure measure;

    @Inject
    ContentMaskSampler(Config config, PatchGrid grid) {
        visible = new VisibleCount(config.visible(), config.maskRatio()).on(grid);
        power = config.hide() == Hide.BUSY ? config.strength() : -config.strength();
        measure = config.measure();
    }

    @Override
    public PatchMask sample(MaskContext context) {
        return WeightedHiding.mask(measured(context.pixels()), power, context.visible().orElse(visible), context.random());
    }

    private double[] measured(PatchPixels pixels) {
        return switch (measure) {
            case VARIANCE -> pixels.variance();
            case ENERGY -> pixels.energy();
        };
    }
}
