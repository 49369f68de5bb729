package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.preview.MaskPreview;
import org.latentmim.preview.MaskStatistics;

class PreviewCommandTest {

    private static final Pattern PICTURE = Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\"");

    @TempDir
    private Path temporary;

    @Test
    void writesAPageWithTheNumbersOfTheSampler() throws IOException {
        CommandLineRun run = preview("--out", temporary.resolve("page.html").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("The preview is in " + temporary.resolve("page.html") + "\n");
        MaskPreview preview = Pretraining.preview(Recipes.read("quickstart", List.of()), 6, 1000);
        MaskStatistics statistics = preview.moments().get(0).statistics();
        assertThat(Files.readString(temporary.resolve("page.html"))).contains(
                "<code>masking: {name: random, visible: 8, square: 1}</code>",
                "7 × 7 cells, patches of 4 × 4 px, gap 1 px. Seed 0. The numbers are of 1,000 masks",
                "<dt>Seen</dt><dd>8 of 49</dd><dd>16.3% of the patches</dd>",
                "<dt>To predict</dt><dd>41 of 49</dd><dd>83.7% of the patches</dd>",
                String.format(Locale.ROOT, "<dt>Nearest seen patch</dt><dd>%.2f cells</dd>", statistics.distanceInCells().mean()),
                String.format(Locale.ROOT, "<dt>Content hidden</dt><dd>%.1f%%</dd>", 100 * statistics.contentHidden()),
                "The masks stay as they are").doesNotContain("Omitted");
    }

    @Test
    void paintsThePatchesThatTrainingShowsAndHides() throws IOException {
        preview("--out", temporary.resolve("page.html").toString(), "--images", "4", "--draws", "4");
        List<BufferedImage> pictures = pictures(Files.readString(temporary.resolve("page.html")));
        MaskPreview preview = Pretraining.preview(Recipes.read("quickstart", List.of()), 4, 4);
        assertThat(pictures).hasSize(4 * 3);
        for (int i = 0; i < 4; i++) {
            MaskPreview.MaskedImage masked = preview.images().get(i);
            assertShowsExactly(pictures.get(3 * i + 1), masked, masked.masks().get(0).visible());
            assertShowsExactly(pictures.get(3 * i + 2), masked, masked.masks().get(0).masked());
            assertThat(opaque(pictures.get(3 * i))).isEqualTo(35 * 35);
        }
    }

    private static void assertShowsExactly(BufferedImage picture, MaskPreview.MaskedImage masked, int[] ids) {
        assertThat(opaque(picture)).isEqualTo(ids.length * 4 * 4);
        for (int id : ids) {
            for (int pixel = 0; pixel < 16; pixel++) {
                int grey = masked.image().patches().value(id, pixel / 4, pixel % 4, 0);
                assertThat(picture.getRGB(masked.image().left(id) + pixel % 4, masked.image().top(id) + pixel / 4))
                        .isEqualTo(0xff000000 | grey * 0x010101);
            }
        }
    }

    @Test
    void isOnePageThatNeedsNothingElse() throws IOException {
        preview("--out", temporary.toString(), "--draws", "10");
        assertThat(temporary).isDirectoryContaining("glob:**/quickstart-preview.html");
        try (var files = Files.list(temporary)) {
            assertThat(files).as("and nothing half-written").hasSize(1);
        }
        String page = Files.readString(temporary.resolve("quickstart-preview.html"));
        assertThat(page).doesNotContain("http:", "https:", "<script", "@import", "url(");
        assertThat(Pattern.compile("<img (?![^>]*alt=\"[^\"]+\")").matcher(page).find()).as("a picture without words").isFalse();
        assertThat(page).contains("latentmim preview quickstart --out " + temporary + " --draws 10");
    }

    @Test
    void drawsOtherMasksFromAnotherSeed() throws IOException {
        preview("--out", temporary.resolve("0.html").toString(), "--draws", "10");
        preview("--out", temporary.resolve("1.html").toString(), "--draws", "10", "--seed", "1");
        preview("--out", temporary.resolve("set.html").toString(), "--draws", "10", "--set", "run.seed=1");
        assertThat(sources("1.html")).isNotEqualTo(sources("0.html")).isEqualTo(sources("set.html"));
    }

    @Test
    void masksByTheSamplerOfTheRecipe() throws IOException {
        CommandLineRun run =
                preview("--out", temporary.resolve("page.html").toString(), "--set", "masking={name: prefix, visible: 10}");
        assertThat(run.err()).isEmpty();
        assertThat(Files.readString(temporary.resolve("page.html"))).contains("<dd>10 of 49</dd>",
                "39 patches are never seen. A patch is seen in 0.0% to 100.0%",
                "--set &#39;masking&#x3D;{name: prefix, visible: 10}&#39;");
    }

    @Test
    void replacesAPageThatIsThere() throws IOException {
        Path page = Files.writeString(temporary.resolve("page.html"), "old");
        preview("--out", page.toString(), "--draws", "10");
        assertThat(page).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void writesNothingWhereTheImagesAreMissing() {
        CommandLineRun run = preview("--out", temporary.resolve("new/page.html").toString(), "--set", "images.train.name=folder",
                "--set", "images.train.path=" + temporary.resolve("missing"));
        assertThat(run.err()).isEqualTo("latentmim: --set images.train.name=folder  images.train: there is no folder "
                + temporary.resolve("missing") + "; say where it is with --set images.train.path=PATH\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void refusesAPlaceBelowAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        CommandLineRun run = preview("--out", file.resolve("page.html").toString());
        assertThat(run.err()).isEqualTo("latentmim: The folder " + file + " cannot be made: " + file + " is a file.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(file).isEmptyFile();
    }

    @Test
    void refusesMoreImagesThanAStepHas() {
        CommandLineRun run = preview("--out", temporary.toString(), "--images", "65");
        assertThat(run.err()).isEqualTo("latentmim: --images must be between 1 and 64, the images of a step, but is 65.\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(temporary).isEmptyDirectory();
    }

    private static CommandLineRun preview(String... args) {
        List<String> all = new ArrayList<>(List.of("preview", "quickstart"));
        all.addAll(Arrays.asList(args));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private List<String> sources(String page) throws IOException {
        return sourcesIn(Files.readString(temporary.resolve(page)));
    }

    private static List<String> sourcesIn(String page) {
        return PICTURE.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static List<BufferedImage> pictures(String page) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        for (String source : sourcesIn(page)) {
            pictures.add(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(source))));
        }
        return pictures;
    }

    private static long opaque(BufferedImage picture) {
        return Arrays.stream(picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth()))
                .filter(pixel -> pixel >>> 24 == 0xff)
                .count();
    }
}
