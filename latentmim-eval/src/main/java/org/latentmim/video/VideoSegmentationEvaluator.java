package org.latentmim.video;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

/**
 * Follows the objects of videos from the mask of the first frame, by DINO's protocol, and measures J and F as DAVIS does. Needs
 * no images but its own.
 */
public final class VideoSegmentationEvaluator implements Evaluator {

    /** What a recipe may say. */
    @Meaning("J&F of DAVIS videos whose first mask is passed on from frame to frame by the similarity of patches")
    public record Config(
            @Meaning("a folder with JPEGImages/480p/VIDEO/00000.jpg and Annotations/480p/VIDEO/00000.png") Path path,
            @Default("[]") @Meaning("names of the videos; [] for all that are there") List<String> videos,
            @Default("3") @Meaning("values of a pixel: 3 for colour, 1 for grey, as the encoder has them") int channels,
            @Default("480") @Meaning("pixels on the short side of a frame, at least 64") int size,
            @Default("7") @Meaning("frames before a frame that label it, beside the first one, at least 0") int lastFrames,
            @Default("5") @Meaning("most similar patches that label a patch, at least 1") int topK,
            @Default("0.1") @Meaning("a patch weighs exp(similarity / temperature), more than 0") double temperature,
            @Default("12") @Meaning("how many patches away from its place a patch is looked for, at least 0") int neighborhood,
            @Default("0") @Meaning("of the draws of objects that give the intervals") long seed,
            @Meaning("folder to write the masks found to, as OUT/REPRESENTATION/VIDEO/00000.png with the palette of DAVIS")
                    Optional<Path> out) {

        /** Refuses numbers out of range. */
        public Config {
            videos = List.copyOf(videos);
            if (new HashSet<>(videos).size() < videos.size()) {
                throw new IllegalArgumentException("videos must name each video once, but is " + videos);
            }
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("channels must be 1 or 3, but is " + channels);
            }
            atLeast("size", VideoFrames.STEP, size);
            atLeast("last-frames", 0, lastFrames);
            atLeast("top-k", 1, topK);
            atLeast("neighborhood", 0, neighborhood);
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException("temperature must be more than 0, but is " + temperature);
            }
        }

        private static void atLeast(String key, int least, int value) {
            if (value < least) {
                throw new IllegalArgumentException(key + " must be at least " + least + ", but is " + value);
            }
        }
    }

    private final Config config;

    @Inject
    VideoSegmentationEvaluator(Config config) {
        this.config = config;
    }

    @Override
    public boolean needsTest() {
        return false;
    }

    @Override
    public List<Score> evaluate(EvaluationTask task) throws IOException {
        Representation representation = task.representation();
        List<Video> videos = Video.in(config.path(), config.videos());
        List<ObjectScore> followed = new ArrayList<>();
        List<ObjectScore> copied = new ArrayList<>();
        for (Video video : videos) {
            List<LabelMap> truth = video.truth();
            int objects = Video.objects(truth.get(0));
            List<LabelMap> found = new ObjectFollower(config, representation).follow(video, truth.get(0), objects);
            followed.addAll(ObjectScore.of(video.name(), objects, truth, found));
            copied.addAll(ObjectScore.of(video.name(), objects, truth, Collections.nCopies(truth.size(), truth.get(0))));
            if (config.out().isPresent()) {
                write(config.out().get().resolve(representation.name()), video, found, followed);
            }
        }
        return new VideoScores(config, representation.name(), videos, followed, copied).all();
    }

    private static void write(Path folder, Video video, List<LabelMap> found, List<ObjectScore> soFar) throws IOException {
        Files.createDirectories(folder);
        AtomicWrite.folder(folder.resolve(video.name()), place -> {
            for (int i = 0; i < found.size(); i++) {
                Files.write(place.resolve(video.masks().get(i).getFileName()), IndexedPng.write(found.get(i)));
            }
        });
        AtomicWrite.file(folder.resolve("objects.csv"), ObjectScore.table(soFar).getBytes(StandardCharsets.UTF_8));
    }
}
