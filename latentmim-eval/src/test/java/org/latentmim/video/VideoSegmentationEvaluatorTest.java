package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.eval.EvalPlugin;
import org.latentmim.spi.Component;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Interval;
import org.latentmim.data.LabelMapFile;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Representation;
import org.latentmim.spi.Score;

class VideoSegmentationEvaluatorTest {

    private static final List<String> NAMES = List.of("J&F", "J mean", "F mean", "J recall", "F recall", "J decay", "F decay",
            "J&F of copying the first mask");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeVideos() throws IOException {
        MovingSquare.write(folder, "fast", 8, 16, 1);
        MovingSquare.write(folder, "slow", 6, 8, 255);
    }

    @Test
    void isFoundUnderItsName() {
        assertThat(new EvalPlugin().components()).extracting(Component::name).contains("video-segmentation");
        assertThat(evaluator().needsTest()).isFalse();
    }

    @Test
    void followsSquaresThatLookLikeNothingElse() throws IOException {
        Map<String, Double> scores = values(evaluate(evaluator(), new Colours()));
        assertThat(scores.get("J&F")).isGreaterThan(93);
        assertThat(scores.get("J mean")).isGreaterThan(93);
        assertThat(scores.get("F mean")).isGreaterThan(93);
        assertThat(scores.get("J recall")).isEqualTo(100);
        assertThat(scores.get("F recall")).isEqualTo(100);
        assertThat(scores.get("J decay")).isBetween(-4.0, 4.0);
    }

    @Test
    void losesThemWherePatchesAllLookTheSame() throws IOException {
        Map<String, Double> scores = values(evaluate(evaluator(), new Colours() {
            @Override
            public Tensor patches(ImageSet images, int index, int rows, int columns) {
                float[] ones = new float[rows * columns];
                Arrays.fill(ones, 1);
                return AbstractTensor.create(ones, rows * columns, 1);
            }
        }));
        assertThat(scores.get("J&F")).isLessThan(50);
        assertThat(scores.get("J&F of copying the first mask")).isGreaterThan(scores.get("J&F"));
    }

    /** J of squares of 32 pixels, and F from 0 to 1; the second square of the fast video does not move. */
    @Test
    void copyingTheFirstMaskFallsBehindWhatMoves() throws IOException {
        List<Score> fast = evaluate(evaluator("fast"), new Colours());
        double moving = 16 / 48.0 / 6;
        assertThat(values(fast).get("J&F of copying the first mask")).isBetween(25 * (moving + 2), 25 * (moving + 3));
        assertThat(fast).extracting(Score::images).containsOnly(6);
        double slow = (24 / 40.0 + 16 / 48.0 + 8 / 56.0 + 0) / 4;
        assertThat(values(evaluate(evaluator("slow"), new Colours())).get("J&F of copying the first mask"))
                .isBetween(50 * slow, 50 * (slow + 1));
    }

    @Test
    void saysHowItWasMeasured() throws IOException {
        List<Score> scores = evaluate(evaluator(), new Colours());
        assertThat(scores).extracting(Score::name).containsExactlyElementsOf(NAMES);
        assertThat(scores).extracting(Score::unit).containsOnly("%");
        assertThat(scores).extracting(Score::images).containsOnly(10);
        assertThat(scores.get(0).protocol()).isEqualTo("mean of J mean and F mean over 3 objects of 2 videos, as"
                + " davis2017-evaluation without first and last frame; first mask passed on as by DINO: short side 96, the first"
                + " and the last 3 frames, top 5 by cosine within 4 patches, temperature 0.1; patch features of 'colours' in"
                + " their own normalisation and layer (DINO: deviation .228 for red, after the final norm)");
        assertThat(scores.get(7).protocol()).isEqualTo("baseline without any features: every frame gets the first mask; mean of J"
                + " mean and F mean over 3 objects of 2 videos, as davis2017-evaluation without first and last frame");
        assertThat(scores.get(0).settings()).containsExactly(
                Map.entry("videos", "fast, slow"), Map.entry("objects", "3"), Map.entry("short-side", "96"),
                Map.entry("last-frames", "3"), Map.entry("top-k", "5"), Map.entry("temperature", "0.1"),
                Map.entry("neighborhood", "4"), Map.entry("seed", "5"));
    }

    @Test
    void intervalsHoldTheScoreAndAreTheSameForTheSameSeed() throws IOException {
        List<Score> scores = evaluate(evaluator(), new Colours());
        for (Score score : scores) {
            Interval interval = score.interval().orElseThrow();
            assertThat(score.value()).as(score.name()).isBetween(interval.low(), interval.high());
            assertThat(interval.method()).isEqualTo("95%, 1,000 bootstrap draws of the objects, seed 5");
        }
        assertThat(evaluate(evaluator(), new Colours())).isEqualTo(scores);
        assertThat(evaluate(evaluator("slow"), new Colours())).as("one object tells nothing of others")
                .allSatisfy(score -> assertThat(score.interval()).isEmpty());
    }

    @Test
    void writesTheMasksThatTheOfficialToolsRead() throws IOException {
        Path out = folder.resolve("new").resolve("masks");
        for (int i = 0; i < 2; i++) {
            evaluate(evaluator(Optional.of(out), List.of()), new Colours());
        }
        Path written = out.resolve("colours");
        try (Stream<Path> files = Files.walk(written)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> written.relativize(file).toString().replace('\\', '/')))
                    .containsExactlyInAnyOrder("fast/00000.png", "fast/00001.png", "fast/00002.png", "fast/00003.png",
                            "fast/00004.png", "fast/00005.png", "fast/00006.png", "fast/00007.png", "slow/00000.png",
                            "slow/00001.png", "slow/00002.png", "slow/00003.png", "slow/00004.png", "slow/00005.png",
                            "objects.csv");
        }
        List<LabelMap> truth = Video.in(folder, List.of("fast")).get(0).truth();
        assertThat(read(written.resolve("fast/00000.png")).classes()).isEqualTo(truth.get(0).classes());
        LabelMap third = read(written.resolve("fast/00003.png"));
        assertThat(third.height()).isEqualTo(96);
        assertThat(third.width()).isEqualTo(192);
        assertThat(third.at(24, 16 + 3 * 16 + 16)).isEqualTo(1);
        assertThat(third.at(72, 96)).isEqualTo(2);
        assertThat(Files.readAllLines(written.resolve("objects.csv"))).hasSize(4)
                .satisfies(lines -> assertThat(lines.get(3)).startsWith("slow_1,0."));
    }

    @Test
    void refusesABrokenVideoBeforeItLooksAtAny() throws IOException {
        Path missing = folder.resolve("JPEGImages/480p/slow/00003.jpg");
        Files.delete(missing);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluate(evaluator(), new Colours() {
                    @Override
                    public Tensor patches(ImageSet images, int index, int rows, int columns) {
                        throw new AssertionError("nothing is to be looked at");
                    }
                }))
                .withMessage("video-segmentation needs every frame of 'slow', but there is no " + missing);
    }

    @Test
    void saysWhatHasNoPatches() {
        Representation flat = new Representation() {
            @Override
            public String name() {
                return "flat";
            }

            @Override
            public String protocol() {
                return "";
            }

            @Override
            public Tensor features(ImageSet images) {
                throw new AssertionError("images are of no use");
            }
        };
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> evaluate(evaluator(), flat))
                .withMessage("'flat' has no features of patches");
    }

    @Test
    void refusesNumbersOutOfRange() {
        refuses("channels must be 1 or 3, but is 2", 2, 480, 7, 5, 0.1, 12);
        refuses("size must be at least 64, but is 63", 3, 63, 7, 5, 0.1, 12);
        refuses("last-frames must be at least 0, but is -1", 3, 480, -1, 5, 0.1, 12);
        refuses("top-k must be at least 1, but is 0", 3, 480, 7, 0, 0.1, 12);
        refuses("temperature must be more than 0, but is 0.0", 3, 480, 7, 5, 0, 12);
        refuses("neighborhood must be at least 0, but is -1", 3, 480, 7, 5, 0.1, -1);
        assertThatIllegalArgumentException().isThrownBy(() -> evaluator("slow", "fast", "slow"))
                .withMessage("videos must name each video once, but is [slow, fast, slow]");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        evaluate(evaluator(), new Colours());
        long before = Pointer.totalCount();
        for (int i = 0; i < 3; i++) {
            evaluate(evaluator(), new Colours());
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static void refuses(String message, int channels, int size, int lastFrames, int topK, double temperature,
            int neighborhood) {
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoSegmentationEvaluator.Config(Path.of("none"), List.of(),
                channels, size, lastFrames, topK, temperature, neighborhood, 0, Optional.empty())).withMessage(message);
    }

    private static LabelMap read(Path file) throws IOException {
        return LabelMapFile.read(Files.readAllBytes(file));
    }

    private static Map<String, Double> values(List<Score> scores) {
        return scores.stream().collect(Collectors.toMap(Score::name, Score::value));
    }

    private static List<Score> evaluate(VideoSegmentationEvaluator evaluator, Representation representation) throws IOException {
        return evaluator.evaluate(new EvaluationTask(representation, Optional.empty(), Optional.empty()));
    }

    private VideoSegmentationEvaluator evaluator(String... videos) {
        return evaluator(Optional.empty(), List.of(videos));
    }

    private VideoSegmentationEvaluator evaluator(Optional<Path> out, List<String> videos) {
        return new VideoSegmentationEvaluator(
                new VideoSegmentationEvaluator.Config(folder, videos, 3, 96, 3, 5, 0.1, 4, 5, out));
    }

    /** The mean colour of a patch of 8 pixels, which is 0 between the two colours of a channel. */
    private static class Colours implements Representation {

        private static final int PATCH = 8;

        @Override
        public String name() {
            return "colours";
        }

        @Override
        public String protocol() {
            return "mean colours";
        }

        @Override
        public Tensor features(ImageSet images) {
            throw new AssertionError("images are of no use");
        }

        @Override
        public Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
            ImageData.Pixels frame = (ImageData.Pixels) images.read(index);
            assertThat(frame.height()).isEqualTo(rows * PATCH);
            assertThat(frame.width()).isEqualTo(columns * PATCH);
            float[] sums = new float[rows * columns * 3];
            for (int i = 0; i < frame.values().length; i++) {
                int row = i / 3 / frame.width() / PATCH;
                int column = i / 3 % frame.width() / PATCH;
                sums[(row * columns + column) * 3 + i % 3] += Byte.toUnsignedInt(frame.values()[i]) - 120;
            }
            return AbstractTensor.create(sums, rows * columns, 3);
        }

        @Override
        public int patchSize() {
            return PATCH;
        }
    }
}
