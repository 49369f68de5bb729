package org.latentmim.segmentation;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.eval.Bootstrap;
import org.latentmim.eval.Standardization;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Tells the class of every pixel from the features of its patch, by CAPI's protocol: nearest neighbours and logistic regression,
 * learned from the patches of the train images, with what can be chosen chosen on a tenth of those images. Holds {@code
 * train-patches (12 D + 3 p * p)} bytes for D features of patches of p pixels, and blocks of up to 256 MB; test images are taken
 * one by one.
 */
public final class SegmentationProbeEvaluator implements Evaluator {

    /** What a recipe may say. */
    @Meaning("mIoU of the classes that nearest neighbours and logistic regression give to patches (CAPI's protocol)")
    public record Config(
            @Default("224") @Meaning("pixels of a side to which images and label maps are resized, a multiple of the patch size")
                    int size,
            @Default("[1, 3, 10, 30]") @Meaning("numbers of nearest patches to choose from") List<Integer> k,
            @Default("1000") @Meaning("most steps of each logistic regression, at least 1") int iterations,
            @Default("100000") @Meaning("most train patches to learn from; of more as many of each image, by chance, at least 1")
                    int trainPatches,
            @Default("0") @Meaning("of the images held out to choose by, of patches by chance, and of the intervals") long seed) {

        /** Refuses numbers out of range. */
        public Config {
            k = List.copyOf(k);
            if (size < 1 || size > 4096) {
                throw new IllegalArgumentException("size must be between 1 and 4096, but is " + size);
            }
            if (k.isEmpty() || k.stream().anyMatch(number -> number < 1)) {
                throw new IllegalArgumentException("k must be numbers of at least 1, but is " + k);
            }
            if (iterations < 1) {
                throw new IllegalArgumentException("iterations must be at least 1, but is " + iterations);
            }
            if (trainPatches < 1 || trainPatches > 1_000_000) {
                throw new IllegalArgumentException("train-patches must be between 1 and 1000000, but is " + trainPatches);
            }
        }
    }

    private static final String NAME = "segmentation-probe";

    private final Config config;

    @Inject
    SegmentationProbeEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        ImageSet trainImages = task.train().orElseThrow(
                () -> new IllegalArgumentException(NAME + " needs train images with label maps to learn from"));
        CutImages train = cut(task, "train", trainImages);
        CutImages test = cut(task, "test", task.test());
        if (!trainImages.classes().equals(task.test().classes())) {
            throw new IllegalArgumentException(NAME + " needs the same classes in train and test images, but they are "
                    + trainImages.classes() + " and " + task.test().classes());
        }
        if (trainImages.size() < 2) {
            throw new IllegalArgumentException(NAME + " needs at least 2 train images, to hold some out, but there is 1");
        }
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TrainPatches read = TrainPatches.read(train, config.trainPatches(), config.seed());
            check(read, trainImages.classes());
            Standardization standardization = read.standardization();
            TrainPatches patches = read.scaled(standardization);
            ProbeChoice choice = new ProbeChoice(patches, trainImages.classes().size());
            List<ChosenProbe> probes = List.of(choice.nearest(config.k()), choice.logistic(config.iterations()));
            List<List<ClassOverlap>> overlaps = judge(test, standardization, probes);
            return IntStream.range(0, probes.size())
                    .mapToObj(i -> score(probes.get(i), overlaps.get(i), train, patches, task))
                    .toList();
        }
    }

    private CutImages cut(EvaluationTask task, String role, ImageSet images) {
        int side = task.representation().patchSize();
        if (config.size() % side != 0) {
            throw new IllegalArgumentException(NAME + " needs a size that is a multiple of the patch size, " + side
                    + ", but it is " + config.size());
        }
        return new CutImages(new RequiredMaps(NAME, role, images), task.representation(), config.size() / side);
    }

    private void check(TrainPatches patches, List<String> classes) {
        int held = patches.heldOut();
        int rest = patches.all().labels().patches() - held;
        if (held == 0 || rest == 0) {
            throw new IllegalArgumentException(NAME + " needs train images with pixels that are judged, but found " + held
                    + " patches of them to choose by and " + rest + " to learn from");
        }
        int most = Collections.max(config.k());
        if (most > rest) {
            throw new IllegalArgumentException(
                    NAME + " asks " + most + " train patches for their classes, but there are only " + rest);
        }
        int[] found = patches.rest().labels().modes();
        if (IntStream.of(found).distinct().count() == 1) {
            throw new IllegalArgumentException(NAME + " needs train patches of at least 2 classes, but all " + rest
                    + " to learn from are '" + classes.get(found[0]) + "'");
        }
    }

    private static List<List<ClassOverlap>> judge(CutImages test, Standardization standardization, List<ChosenProbe> probes)
            throws IOException {
        List<List<ClassOverlap>> overlaps = probes.stream().<List<ClassOverlap>>map(probe -> new ArrayList<>()).toList();
        for (int image = 0; image < test.images().size(); image++) {
            byte[] truth = test.labels(image).classes();
            try (PointerScope scope = new PointerScope()) {
                Tensor features = standardization.of(test.features(image));
                for (int i = 0; i < probes.size(); i++) {
                    ClassOverlap overlap = new ClassOverlap(test.images().classes().size());
                    overlap.add(truth, probes.get(i).classifier().predict(features));
                    overlaps.get(i).add(overlap);
                }
            }
        }
        return overlaps;
    }

    private Score score(ChosenProbe probe, List<ClassOverlap> overlaps, CutImages train, TrainPatches patches,
            EvaluationTask task) {
        List<String> classes = train.images().classes();
        int images = overlaps.size();
        ClassOverlap all = sum(IntStream.range(0, images), overlaps, classes);
        if (IntStream.range(0, classes.size()).noneMatch(all::isThere)) {
            throw new IllegalArgumentException(
                    NAME + " needs test images with pixels that are judged, but none of " + images + " has any");
        }
        Representation representation = task.representation();
        String size = config.size() + " x " + config.size();
        Score score = new Score(probe.name() + " mIoU", all.mean(), "%", images, "mean over classes of all pixels; "
                + probe.how() + ", learned from " + patches.all().labels().patches() + " patches of " + train.images().size()
                + " train images; standardised patch features of '" + representation.name() + "', whole images resized to " + size)
                .within(new Bootstrap(config.seed()).of(images, drawn -> sum(drawn, overlaps, classes).mean()))
                .with("resize", "whole image, its shape not kept")
                .with("size", size)
                .with("pooling", "patches")
                .with("patch-size", representation.patchSize())
                .with("train-images", train.images().size())
                .with("train-patches", patches.all().labels().patches())
                .with("held-out-images", TrainPatches.heldOutImages(train.images().size()))
                .with("held-out mIoU", percent(probe.heldOut()))
                .with("seed", config.seed());
        for (Map.Entry<String, ?> chosen : probe.settings().entrySet()) {
            score = score.with(chosen.getKey(), chosen.getValue());
        }
        for (int i = 0; i < classes.size(); i++) {
            score = score.with("IoU of " + classes.get(i), all.isThere(i) ? percent(all.percent(i)) : "not there");
        }
        return score;
    }

    private static ClassOverlap sum(IntStream images, List<ClassOverlap> overlaps, List<String> classes) {
        ClassOverlap sum = new ClassOverlap(classes.size());
        images.forEach(image -> sum.add(overlaps.get(image)));
        return sum;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
