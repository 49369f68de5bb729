package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of a tiny run: 7 x 7 patches of 4 pixels with gaps of 1, of which 8 are seen. */
class PicturesCommandTest {

    @TempDir
    private static Path shared;
    private static Path run;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void trains() {
        run = shared.resolve("run");
        assertThat(CommandLineRun.tiny("--out", run.toString()).exitCode()).isZero();
    }

    @Test
    void paintsEveryKindIntoTheRun() throws IOException {
        CommandLineRun painted = pictures("--show", "2");
        assertThat(painted.err()).isEmpty();
        assertThat(painted.out()).isEqualTo("Pictures of " + run + "\n12 pictures are in " + run.resolve("pictures") + "\n");
        assertThat(files(run.resolve("pictures"))).containsExactly("attention-1.png", "attention-2.png", "clusters-1.png",
                "clusters-2.png", "components-1.png", "components-2.png", "neighbors.png", "patches.png", "pictures.json",
                "prediction-1.png", "prediction-2.png", "similarity-1.png", "similarity-2.png");
        assertThat(list(run.resolve("pictures"))).extracting(picture -> picture.path("group").asText()).containsExactly(
                "Principal components", "Principal components", "Similar patches", "Similar patches", "Attention", "Attention",
                "Nearest neighbours", "Predictions", "Predictions", "Patches", "Patches", "Patches");
        assertThat(list(run.resolve("pictures"))).extracting(picture -> picture.path("title").asText()).contains("8010", "8030");
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        pictures("--show", "3", "--out", first.toString());
        pictures("--show", "3", "--out", second.toString());
        assertThat(files(first)).hasSize(3 * 5 + 3).isEqualTo(files(second));
        for (String file : files(first)) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void predictionsAreShownInPlaceOfWhatWasHidden() throws IOException {
        pictures("--show", "1", "--out", temporary.toString());
        BufferedImage picture = ImageIO.read(temporary.resolve("prediction-1.png").toFile());
        int side = 7 * 5 * 7; // pixels, seven times as large
        assertThat(picture.getHeight()).isEqualTo(side);
        assertThat(painted(picture, 0, side)).as("all of it").isEqualTo(side * side);
        assertThat(painted(picture, side + 6, side)).as("what is seen").isEqualTo(8 * 28 * 28);
        assertThat(painted(picture, 2 * side + 12, side)).as("all patches").isEqualTo(49 * 28 * 28);
        assertThat(list(temporary).get(4).path("caption").asText()).matches("The image; the 8 patches that the encoder saw;"
                + " the cosine similarity between prediction and target of the 41 hidden ones, dark to bright over -?0\\.\\d\\d to"
                + " 0\\.\\d\\d in all pictures\\. Here it is -?0\\.\\d\\d on average, -?0\\.\\d\\d to the targets of the others;"
                + " \\d+ of the 41 predictions are nearest to their own\\.");
    }

    @Test
    void imagesKeepTheirShape() throws IOException {
        Random random = new Random(3);
        Path images = Files.createDirectories(temporary.resolve("images"));
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < 2400; pixel++) {
                image.getRaster().setSample(pixel % 60, pixel / 60, 0, random.nextInt(256));
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
        Path out = temporary.resolve("out");
        CommandLineRun painted =
                pictures(images.toString(), "--out", out.toString(), "--patches", "10", "--at", "1,0", "--at", "0.5,0.5");
        assertThat(painted.err()).isEmpty();
        BufferedImage similarity = ImageIO.read(out.resolve("similarity-4.png").toFile());
        assertThat(similarity.getHeight()).isEqualTo(240);
        assertThat(similarity.getWidth()).isEqualTo(3 * 360 + 2 * 6);
        assertThat(similarity.getRGB(2 * 360 + 6 - 24 - 2, 12)).as("the frame of the upper right patch").isEqualTo(0xffffffff);
        assertThat(list(out).get(4).path("caption").asText()).contains("over").doesNotContain(", , ");
        assertThat(list(out)).extracting(picture -> picture.path("title").asText()).contains("0.png", "3.png");
    }

    @Test
    void anEncoderWithoutClassTokenHasNoPictureOfAttention() throws IOException {
        Path other = temporary.resolve("run");
        assertThat(CommandLineRun.tiny("--out", other.toString(), "--set", "encoder.class-token=false").exitCode()).isZero();
        CommandLineRun painted = CommandLineRun.of("pictures", other.toString(), "--show", "1");
        assertThat(painted.err()).isEmpty();
        assertThat(files(other.resolve("pictures"))).containsExactly("clusters-1.png", "components-1.png", "neighbors.png",
                "patches.png", "pictures.json", "prediction-1.png", "similarity-1.png");
    }

    @Test
    void aRunOfPixelsHasPicturesToo() {
        Path other = temporary.resolve("run");
        assertThat(CommandLineRun.tiny("--out", other.toString(), "--set", "target={name: pixels}",
                "--set", "losses=[{name: l2}]").exitCode()).isZero();
        CommandLineRun painted = CommandLineRun.of("pictures", other.toString(), "--show", "1");
        assertThat(painted.err()).isEmpty();
    }

    @Test
    void refusesWhatCannotBePainted() {
        assertRefused("--show must be at least 1, but is 0.", "--show", "0");
        assertRefused("--patches must be at least 2, but is 1.", "--patches", "1");
        assertRefused("--at must be two numbers from 0 to 1, such as 0.5,0.25, but is 0.5.", "--at", "0.5");
        assertRefused("--at must be two numbers from 0 to 1, such as 0.5,0.25, but is 0.5,2.", "--at", "0.5,2");
        assertRefused("--at must be two numbers from 0 to 1, such as 0.5,0.25, but is a,b.", "--at", "a,b");
    }

    @Test
    void refusesAFolderThatIsNoRun() {
        CommandLineRun refused = CommandLineRun.of("pictures", temporary.toString());
        assertThat(refused.err()).isEqualTo("latentmim: There is no run in or around " + temporary + ": no recipe.yaml.\n");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    private void assertRefused(String message, String... args) {
        List<String> all = new ArrayList<>(List.of("--out", temporary.resolve("out").toString()));
        all.addAll(List.of(args));
        CommandLineRun refused = pictures(all.toArray(String[]::new));
        assertThat(refused.err()).isEqualTo("latentmim: " + message + "\n");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(temporary).isEmptyDirectory();
    }

    private static CommandLineRun pictures(String... args) {
        List<String> all = new ArrayList<>(List.of("pictures", run.toString()));
        all.addAll(Arrays.asList(args));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<JsonNode> list(Path folder) throws IOException {
        JsonNode list = new ObjectMapper().readTree(folder.resolve("pictures.json").toFile());
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** How many pixels are not ground, which is of a grey that no grey image has. */
    private static long painted(BufferedImage picture, int left, int side) {
        return Arrays.stream(picture.getRGB(left, 0, side, side, null, 0, side)).filter(pixel -> pixel != 0xffb9bdc4).count();
    }
}
