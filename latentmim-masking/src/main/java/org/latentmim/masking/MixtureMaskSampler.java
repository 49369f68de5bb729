package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;

/** Has the mask of each image drawn by one of several samplers, which must all show and hide equally many patches. */
final class MixtureMaskSampler implements MaskSampler {

    @Meaning("Has each image masked by one of several samplers, drawn at random; all must show and hide equally many patches")
    record Config(
            @Meaning("the samplers, at least 1") List<Part<MaskSampler>> samplers,
            @Meaning("how often each is drawn, relative to the others, above 0; without, all are equally likely")
                    @Default("[]") List<Double> weights) {

        Config {
            if (samplers.isEmpty()) {
                throw new IllegalArgumentException("samplers must name at least one");
            }
            if (!weights.isEmpty() && weights.size() != samplers.size()) {
                throw new IllegalArgumentException("weights must be as many as the samplers, " + samplers.size() + ", but are "
                        + weights.size());
            }
            weights.forEach(weight -> KeyRange.positive(weight, "weights"));
        }
    }

    private static final double[] POINTS_OF_THE_RUN = {0, 0.5, 1};

    private final List<MaskSampler> samplers;
    private final double[] upTo;

    @Inject
    MixtureMaskSampler(Config config, PatchGrid grid, Parts parts) {
        samplers = config.samplers().stream().map(parts::build).toList();
        upTo = new double[samplers.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += config.weights().isEmpty() ? 1 : config.weights().get(i);
            upTo[i] = sum;
        }
        for (double fraction : POINTS_OF_THE_RUN) {
            checkThatCountsAreEqual(config.samplers(), BlankImage.after(fraction, grid));
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        double point = context.random().nextDouble() * upTo[upTo.length - 1];
        int drawn = 0;
        while (drawn < upTo.length - 1 && point >= upTo[drawn]) {
            drawn++;
        }
        return samplers.get(drawn).sample(context);
    }

    private void checkThatCountsAreEqual(List<Part<MaskSampler>> parts, MaskContext image) {
        List<PatchMask> masks = samplers.stream().map(sampler -> sampler.sample(image)).toList();
        PatchMask first = masks.get(0);
        if (masks.stream().allMatch(mask -> mask.visibleCount() == first.visibleCount()
                && mask.maskedCount() == first.maskedCount())) {
            return;
        }
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            PatchMask mask = masks.get(i);
            counts.add(parts.get(i).name() + " shows " + mask.visibleCount() + " and hides " + mask.maskedCount());
        }
        throw new IllegalArgumentException("samplers must all show and hide equally many patches to predict, but "
                + String.join(", ", counts) + (image.progress().step() == 0 ? "" : " after " + image.progress().fraction()
                + " of the run"));
    }
}
