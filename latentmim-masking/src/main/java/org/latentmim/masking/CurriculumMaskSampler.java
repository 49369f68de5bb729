package org.latentmim.masking;

import jakarta.inject.Inject;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Schedule;

/** Lets another sampler hide more, or less, as the training goes on. That sampler's own number of patches does not count. */
final class CurriculumMaskSampler implements MaskSampler {

    @Meaning("Lets another sampler hide a share of the patches that changes over the run; its own number does not count")
    record Config(
            @Meaning("share of the patches that is not seen at the start, between 0 and 1") double from,
            @Meaning("share of the patches that is not seen at the end, between 0 and 1") double to,
            @Meaning("the way between them") @Default("linear") Schedule.Shape schedule,
            @Meaning("the sampler that draws the masks") Part<MaskSampler> sampler) {

        Config {
            KeyRange.between0And1(from, "from");
            KeyRange.between0And1(to, "to");
        }
    }

    private static final int POINTS_OF_THE_RUN = 8;

    private final Schedule maskRatio;
    private final Directed sampler;

    @Inject
    CurriculumMaskSampler(Config config, PatchGrid grid, Parts parts) {
        VisibleCount.leftBy(config.from(), "from", grid);
        VisibleCount.leftBy(config.to(), "to", grid);
        maskRatio = new Schedule(config.from(), config.to(), config.schedule());
        sampler = new Directed(config.sampler(), parts);
        for (int point = 0; point <= POINTS_OF_THE_RUN; point++) {
            sample(BlankImage.after((double) point / POINTS_OF_THE_RUN, grid)); // refuses ratios that the sampler cannot meet
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        int visible = context.visible()
                .orElseGet(() -> VisibleCount.leftBy(maskRatio.at(context.progress()), context.grid()));
        return sampler.sample(context, visible);
    }
}
