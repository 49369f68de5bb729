package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;

/** Predicts only some of the patches that another sampler hides, drawn at random, and leaves out the others (CAPI). */
final class SubsampledMaskSampler implements MaskSampler {

    @Meaning("Predicts only some of the patches that another sampler hides, which costs less")
    record Config(
            @Meaning("share of the hidden patches that is predicted, above 0 and at most 1; CAPI predicts 0.05")
                    @Default("0.05") double share,
            @Meaning("the sampler that draws the masks") Part<MaskSampler> sampler) {

        Config {
            KeyRange.share(share, "share");
        }
    }

    private final double share;
    private final MaskSampler sampler;

    @Inject
    SubsampledMaskSampler(Config config, Parts parts) {
        share = config.share();
        sampler = parts.build(config.sampler());
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchMask whole = sampler.sample(context);
        int predicted = (int) Math.max(1, Math.round(share * whole.maskedCount()));
        BitSet masked = new BitSet();
        Cells.move(predicted, Cells.of(whole.masked()), masked, context.random());
        return PatchMask.of(context.grid(), Cells.of(whole.visible()), masked);
    }
}
