package org.latentmim.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Progress;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunPlan;

/**
 * What masking does to the images of a run.
 *
 * @param grid how images are cut
 * @param images the first images of the run's first step, with the masks that they get there
 * @param moments of the run, the first step first; a shorter run has fewer
 * @param changes whether any mask would be another one at another moment, drawn by the same chance
 */
public record MaskPreview(PatchGrid grid, List<MaskedImage> images, List<Moment> moments, boolean changes) {

    /**
     * An image and its masks.
     *
     * @param masks for each moment the mask that the image would get there by the same chance; the first is the one that it gets
     */
    public record MaskedImage(CutImage image, List<PatchMask> masks) {}

    /**
     * Masks as they are at one moment of a run.
     *
     * @param nanosPerMask how long one took to draw, the median over batches
     */
    public record Moment(Progress progress, MaskStatistics statistics, long nanosPerMask) {}

    /**
     * Masks images in the order of a training, from its first step on.
     *
     * @param set the images that the loader loads
     * @param images how many to show, at least 1, at most as many as make one step
     * @param draws how many masks to find the statistics of, at least {@code images}
     */
    public static MaskPreview of(
            PatchReader reader, Loader loader, ImageSet set, PatchGrid grid, RunPlan plan, int images, int draws) {
        List<Sampling> samplings = moments(plan).map(progress -> new Sampling(progress, grid)).toList();
        List<MaskedImage> shown = new ArrayList<>();
        boolean changes = false;
        loader.start(0, 0);
        for (int done = 0; done < draws;) {
            Batch batch = loader.next();
            int[] starts = reader.starts(batch);
            List<List<PatchMask>> masks = samplings.stream().map(sampling -> sampling.draw(reader, batch, starts)).toList();
            for (int i = 0; i < batch.size() && done < draws; i++, done++) {
                CutImage image = image(batch, i, starts, grid, set);
                int place = i;
                List<PatchMask> ofImage = masks.stream().map(ofMoment -> ofMoment.get(place)).toList();
                for (int moment = 0; moment < samplings.size(); moment++) {
                    samplings.get(moment).statistics.add(image, ofImage.get(moment));
                }
                changes |= ofImage.stream().distinct().count() > 1;
                if (shown.size() < images) {
                    shown.add(new MaskedImage(image, ofImage));
                }
            }
        }
        return new MaskPreview(grid, shown, samplings.stream().map(Sampling::moment).toList(), changes);
    }

    /** The first step, one in the middle and the last one. */
    private static Stream<Progress> moments(RunPlan plan) {
        return LongStream.of(0, plan.steps() / 2, plan.steps() - 1).distinct().mapToObj(plan::progress);
    }

    private static CutImage image(Batch batch, int place, int[] starts, PatchGrid grid, ImageSet set) {
        int size = batch.pixels().length / batch.size();
        int perImage = 2 * grid.cells();
        return new CutImage(grid, set.id(batch.images()[place]),
                Arrays.copyOfRange(batch.pixels(), place * size, (place + 1) * size),
                Arrays.copyOfRange(starts, place * perImage, (place + 1) * perImage));
    }

    /** Draws at one moment of a run, by the clock. */
    private static final class Sampling {

        private final Progress progress;
        private final MaskStatistics statistics;
        private final List<Long> nanosPerMask = new ArrayList<>();

        Sampling(Progress progress, PatchGrid grid) {
            this.progress = progress;
            this.statistics = new MaskStatistics(grid);
        }

        List<PatchMask> draw(PatchReader reader, Batch batch, int[] starts) {
            long began = System.nanoTime();
            List<PatchMask> masks = reader.masks(batch, starts, progress);
            nanosPerMask.add((System.nanoTime() - began) / batch.size());
            return masks;
        }

        Moment moment() {
            return new Moment(progress, statistics, nanosPerMask.stream().sorted().toList().get(nanosPerMask.size() / 2));
        }
    }
}
