package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tiny run, and two more sets of images: stripes that lie and stand, to learn from and held out, and some without classes. */
class EvaluateCommandTest {

    @TempDir
    static Path temporary;

    private static Path run;
    private static Path stripes;

    private String before;

    @BeforeAll
    static void trainAndPaint() throws IOException {
        run = temporary.resolve("run");
        assertThat(CommandLineRun.tiny("--out", run.toString()).err()).isEmpty();
        stripes = temporary.resolve("stripes");
        for (String part : new String[] {"train", "test"}) {
            for (int i = 0; i < 24; i++) {
                paint(stripes.resolve(part).resolve(i % 2 == 0 ? "lying" : "standing").resolve(i + ".png"), i % 2 == 0, i);
            }
        }
        for (int i = 0; i < 4; i++) {
            paint(temporary.resolve("loose").resolve(i + ".png"), i % 2 == 0, i);
        }
    }

    @BeforeEach
    void remember() throws IOException {
        before = Files.readString(run.resolve("scores.json"));
    }

    @Test
    void judgesByOtherImagesAndAddsTheirScoresUnderTheirName() throws IOException {
        int count = scores().size();
        CommandLineRun evaluation = evaluate("--on", stripes.toString());
        assertThat(evaluation.err()).isEmpty();
        assertThat(evaluation.out()).contains("\nstripes, nearest-neighbor: 1-nn leave-one-out, 24 images\n  raw pixels ")
                .contains("\nstripes, nearest-neighbor: 20-nn train to test, 24 images\n");
        JsonNode scores = scores();
        assertThat(scores).hasSize(count + 6);
        JsonNode last = scores.get(count + 5);
        assertThat(last.get("on").asText()).isEqualTo("stripes");
        assertThat(last.get("representation").asText()).isEqualTo("trained");
        assertThat(last.get("seconds").asDouble()).isPositive();

        assertThat(evaluate("--on", stripes.toString()).exitCode()).isZero();
        assertThat(scores()).as("the same measures take the place of the earlier ones").hasSize(count + 6);
        Files.writeString(run.resolve("scores.json"), before);
    }

    @Test
    void featuresThatWereKeptGiveTheSameScores() throws IOException {
        String plain = evaluate().out();
        Path features = run.resolve("features");
        assertThat(features).doesNotExist();
        assertThat(evaluate("--keep-features").out()).isEqualTo(plain);
        List<Path> kept;
        try (Stream<Path> files = Files.list(features)) {
            kept = files.sorted().toList();
        }
        assertThat(kept).isNotEmpty().allSatisfy(
                file -> assertThat(file.getFileName().toString()).matches("(un)?trained-[0-9a-f]{32}\\.safetensors"));
        FileTime written = Files.getLastModifiedTime(kept.get(0));
        assertThat(evaluate("--keep-features").out()).isEqualTo(plain);
        assertThat(features.toFile().list()).hasSameSizeAs(kept);
        assertThat(Files.getLastModifiedTime(kept.get(0))).isEqualTo(written);
        Files.writeString(run.resolve("scores.json"), before);
    }

    @Test
    void aYamlFileSaysWhatItsImagesAre() throws IOException {
        Path file = temporary.resolve("half.yaml");
        Files.writeString(file, "test: { name: folder, path: '" + stripes.resolve("test") + "', channels: 1 }\n"
                + "train: { name: folder, path: '" + stripes.resolve("train") + "', channels: 1, per-class: 6 }\n");
        CommandLineRun evaluation = evaluate("--on", file + "," + stripes.resolve("test"), "--with", "nearest-neighbor",
                "--set", "evaluation.with.0.k=[1, 5]");
        assertThat(evaluation.err()).isEmpty();
        assertThat(evaluation.out()).contains("\nhalf, nearest-neighbor: 5-nn train to test, 24 images\n")
                .contains("\ntest, nearest-neighbor: 1-nn leave-one-out, 24 images\n")
                .doesNotContain("\ntest, nearest-neighbor: 5-nn");
        Files.writeString(run.resolve("scores.json"), before);
    }

    @Test
    void allLeavesOutWithASentenceWhatCannotJudge() throws IOException {
        CommandLineRun evaluation = evaluate("--with", "all", "--on", temporary.resolve("loose").toString());
        assertThat(evaluation.err()).isEmpty();
        assertThat(evaluation.exitCode()).isZero();
        assertThat(evaluation.out()).contains("left out: evaluation by 'nearest-neighbor' is not possible:"
                + " nearest-neighbor needs a label for every test image, but 0.png has none\n");
        Files.writeString(run.resolve("scores.json"), before);
    }

    @Test
    void saysWhatIsWrongAndLeavesTheScoresAsTheyAre() throws IOException {
        Path missing = temporary.resolve("missing");
        assertThat(evaluate("--on", missing.toString()).err()).isEqualTo("latentmim: --on: there is no folder and no YAML file "
                + missing + ". Give a folder with train and test in it, a folder of images, or a YAML file with train and test as"
                + " below images in a recipe.\n");
        assertThat(evaluate("--with", "nearest").err()).contains("there is no evaluator 'nearest'", "nearest-neighbor");
        CommandLineRun loose = evaluate("--on", temporary.resolve("loose").toString());
        assertThat(loose.exitCode()).isEqualTo(2);
        assertThat(loose.err()).isEqualTo("latentmim: evaluation by 'nearest-neighbor' is not possible:"
                + " nearest-neighbor needs a label for every test image, but 0.png has none\n");
        assertThat(run.resolve("scores.json")).hasContent(before);
    }

    private static CommandLineRun evaluate(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "evaluate";
        all[1] = run.toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return CommandLineRun.of(all);
    }

    private static JsonNode scores() throws IOException {
        JsonNode scores = JsonMapper.builder().build().readTree(run.resolve("scores.json").toFile());
        assertThat(StreamSupport.stream(scores.spliterator(), false)).allSatisfy(score -> assertThat(score.has("score")).isTrue());
        return scores;
    }

    private static void paint(Path file, boolean lying, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(seed);
        for (int i = 0; i < 900; i++) {
            int across = lying ? i / 30 : i % 30;
            image.getRaster().setSample(i % 30, i / 30, 0, (across / 3 % 2) * 200 + random.nextInt(50));
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
