package org.latentmim.segmentation;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.latentmim.eval.Bootstrap;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Clusters the patches of each image by their features, without learning anything, and looks how the clusters overlap with the
 * true segments. Holds one image at a time, and {@code 8 patches^4} bytes: 5 MB for 28 patches a side.
 */
public final class UnsupervisedSegmentationEvaluator implements Evaluator {

    /** What a recipe may say. */
    @Meaning("mIoU of the clusters of each image's patches (Ward's method) with the true segments that they fit best")
    public record Config(
            @Default("28") @Meaning("patches of a side to which images are resized, from 2 to 96") int patches,
            @Default("[3, 4, 5]") @Meaning("numbers of clusters to cut at beside that of the true segments, one score each")
                    List<Integer> clusters,
            @Default("0") @Meaning("of the draws of images that give the intervals") long seed,
            @Meaning("folder to write pictures to, as OUT/REPRESENTATION/IMAGE.png: the image, its segments and its clusters")
                    Optional<Path> out,
            @Default("20") @Meaning("most images to show there, the first ones, at least 0") int shown) {

        /** Refuses numbers out of range. */
        public Config {
            clusters = List.copyOf(clusters);
            if (patches < 2 || patches > 96) {
                throw new IllegalArgumentException("patches must be between 2 and 96, but is " + patches);
            }
            for (int number : clusters) {
                if (number < 1 || number > patches * patches) {
                    throw new IllegalArgumentException("clusters must be between 1 and " + patches * patches
                            + ", the patches of an image, but is " + number);
                }
            }
            if (new HashSet<>(clusters).size() < clusters.size()) {
                throw new IllegalArgumentException("clusters must name each number once, but is " + clusters);
            }
            if (shown < 0) {
                throw new IllegalArgumentException("shown must be at least 0, but is " + shown);
            }
        }
    }

    private static final String NAME = "unsupervised-segmentation";

    private final Config config;

    @Inject
    UnsupervisedSegmentationEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Representation representation = task.representation();
        ImageSet test = task.test();
        RequiredMaps maps = new RequiredMaps(NAME, "test", test);
        List<double[]> judged = new ArrayList<>();
        for (int image = 0; image < test.size(); image++) {
            TrueSegments truth = TrueSegments.of(maps.of(image), test.classes().size());
            if (truth.count() > config.patches() * config.patches()) {
                throw new IllegalArgumentException(NAME + " cannot cut the " + config.patches() * config.patches()
                        + " patches of " + test.id(image) + " into as many clusters as it has segments, " + truth.count()
                        + ": give it more patches");
            }
            if (truth.count() >= 2) {
                judged.add(judge(representation, test, image, truth));
            }
        }
        if (judged.isEmpty()) {
            throw new IllegalArgumentException(
                    NAME + " needs test images of at least 2 segments, but none of " + test.size() + " has them");
        }
        List<Score> scores = new ArrayList<>();
        scores.add(score("Ward mIoU", "as many as the image has segments", 0, judged, representation, test));
        for (int i = 0; i < config.clusters().size(); i++) {
            String count = config.clusters().get(i).toString();
            scores.add(score("Ward mIoU, k = " + count, count, i + 1, judged, representation, test));
        }
        return scores;
    }

    /** Returns the mIoU at the true number of segments, then at the numbers to cut at. */
    private double[] judge(Representation representation, ImageSet test, int image, TrueSegments truth) throws IOException {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            WardTree tree = WardTree.of(representation.patches(test, image, config.patches(), config.patches()));
            int[] clusters = tree.cut(truth.count());
            SegmentMatch match = truth.match(clusters, config.patches());
            if (config.out().isPresent() && image < config.shown()) {
                Path folder = Files.createDirectories(config.out().get().resolve(representation.name()));
                String name = test.id(image).replace('/', '_').replaceFirst("\\.\\w+$", "");
                AtomicWrite.file(folder.resolve(name + ".png"),
                        Overlay.of(test, image, truth, match, clusters, config.patches()));
            }
            return DoubleStream.concat(DoubleStream.of(match.mean()), config.clusters().stream()
                    .mapToDouble(count -> truth.match(tree.cut(count), config.patches()).mean())).toArray();
        }
    }

    private Score score(String name, String clusters, int index, List<double[]> judged, Representation representation,
            ImageSet test) {
        double[] means = judged.stream().mapToDouble(image -> image[index]).toArray();
        int leftOut = test.size() - judged.size();
        String size = config.patches() + " x " + config.patches() + " patches";
        return new Score(name, DoubleStream.of(means).sum() / means.length, "%", means.length,
                "mean over images of the mean IoU of their segments, each with the cluster that the Hungarian algorithm gives it;"
                        + " clusters by Ward's method: " + clusters + "; patch features of '" + representation.name()
                        + "', whole images resized to " + size
                        + (leftOut == 0 ? "" : "; " + leftOut + " images of fewer than 2 segments are left out"))
                .within(new Bootstrap(config.seed()).ofMean(means))
                .with("clusters", clusters)
                .with("linkage", "ward")
                .with("resize", "whole image, its shape not kept")
                .with("size", size)
                .with("pooling", "patches")
                .with("patch-size", representation.patchSize())
                .with("left-out", leftOut)
                .with("bootstrap-seed", config.seed());
    }
}
