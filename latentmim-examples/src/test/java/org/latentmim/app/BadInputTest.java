package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets: one clear sentence, an exit code, and no trace on the disk. */
class BadInputTest {

    @TempDir
    private Path temporary;

    @Test
    void noSuchRecipe() {
        assertMistake("there is no recipe 'quickstrat': no such file, and no built-in recipe of that name."
                + " Did you mean 'quickstart'?"
                + " Built in: " + String.join(", ", Recipes.BUILT_IN),
                pretrain("quickstrat"));
    }

    @Test
    void noImages() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertMistake("--set images.train.name=folder  images.train: there are no images in " + empty
                + " (looked for jpg, jpeg, png, bmp, webp, gif, tif, tiff)", quickstart(trainFolder(empty)));
    }

    @Test
    void noFolderOfImages() {
        Path missing = temporary.resolve("missing");
        assertMistake("--set images.train.name=folder  images.train: there is no folder " + missing
                + "; say where it is with --set images.train.path=PATH", quickstart(trainFolder(missing)));
    }

    @Test
    void imagesSmallerThanAPatch() throws IOException {
        Path small = images(16, 3);
        List<String> settings = new ArrayList<>(List.of(trainFolder(small)));
        settings.addAll(List.of("images.train.channels=1", "images.train.to=16", "evaluation.with=[]", "runtime.workers=1",
                "run.tolerate-unreadable=0"));
        CommandLineRun run = quickstart(settings.toArray(String[]::new));
        assertThat(run.err()).matches("latentmim: 1 of 16 images \\(6\\.3%\\) cannot be read, and 0\\.0% are tolerated:"
                + " \\d+\\.png\\. The first reason: cannot use \\d+\\.png: 3 x 3 pixels are less than a patch of 4 x 4\\."
                + " Repair or remove them\\.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void imagesToJudgeByWithoutLabels() throws IOException {
        Path unlabelled = images(20, 28);
        CommandLineRun run = quickstart("images.test.name=folder", "images.test.path=" + unlabelled, "images.test.channels=1",
                "images.test.from=0", "images.test.to=20");
        assertThat(run.err()).isEqualTo("latentmim: evaluation by 'nearest-neighbor' is not possible: nearest-neighbor needs"
                + " a label for every test image, but 0.png has none\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(temporary.resolve("run")).doesNotExist();
    }

    @Test
    void moreVisiblePatchesThanThereAre() {
        assertMistake("built-in/quickstart.yaml:14  masking: visible must be between 1 and 48 on a grid of 7 x 7, but is 49",
                quickstart("masking.visible=49"));
    }

    @Test
    void headsThatDoNotDivideTheWidth() {
        assertMistake("built-in/quickstart.yaml:15  encoder: heads must divide width, but 5 does not divide 16",
                quickstart("encoder.heads=5"));
    }

    @Test
    void aBatchOfMoreImagesThanThereAre() {
        assertMistake("a batch of 65 images is more than the set has: 64; lower train.batch", quickstart("train.batch=65"));
    }

    @Test
    void anUnknownComponent() {
        assertMistake("""
                1 problem in built-in/quickstart.yaml:
                  --set encoder.name=vot  encoder.name: there is no encoder 'vot'. Did you mean 'vit'? \
                There are: vit (VitPlugin)""",
                quickstart("encoder.name=vot"));
    }

    @Test
    void severalMistakesAtOnce() {
        assertMistake("""
                2 problems in built-in/quickstart.yaml:
                  --set masking.visibel=5  masking.visibel: unknown key. Did you mean 'visible'? Allowed: name, visible, \
                mask-ratio, square
                  --set train.epochs=x  train.epochs: must be a whole number, but is 'x'""",
                quickstart("masking.visibel=5", "train.epochs=x"));
    }

    @Test
    void aFileInPlaceOfTheFolderOfTheRun() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        CommandLineRun run = CommandLineRun.tiny("--out", file.toString());
        assertThat(run.err()).isEqualTo("latentmim: The folder " + file + " cannot be made: " + file + " is a file.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFolderWithOtherThingsForTheRun() throws IOException {
        Files.createFile(temporary.resolve("photo.jpg"));
        CommandLineRun run = CommandLineRun.tiny("--out", temporary.toString());
        assertThat(run.err()).isEqualTo("latentmim: The folder " + temporary + " is not empty. Name another one with --out.\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(temporary).isDirectoryNotContaining("glob:**.yaml");
    }

    @Test
    void aFolderWithoutARunToEvaluate() {
        assertMistake("There is no run in " + temporary + ": it has no recipe.yaml.",
                CommandLineRun.of("evaluate", temporary.toString()));
    }

    @Test
    void anUnknownOption() {
        assertMistake("Unknown option: '--bogus'\nSee latentmim pretrain --help.", pretrain("quickstart", "--bogus"));
    }

    @Test
    void noCommand() {
        assertMistake("Missing required subcommand\nSee latentmim --help.", CommandLineRun.of());
    }

    @Test
    void aBenchmarkWithoutSteps() {
        assertMistake("--steps must be at least 1, but is 0.", CommandLineRun.of("bench", "step", "quickstart", "--steps", "0"));
    }

    private void assertMistake(String message, CommandLineRun run) {
        assertThat(run.err()).isEqualTo("latentmim: " + message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(temporary.resolve("run")).doesNotExist();
    }

    private CommandLineRun pretrain(String... args) {
        List<String> all = new ArrayList<>(List.of("pretrain", "--out", temporary.resolve("run").toString()));
        all.addAll(Arrays.asList(args));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun quickstart(String... settings) {
        List<String> args = new ArrayList<>(List.of("--out", temporary.resolve("run").toString()));
        Arrays.stream(settings).forEach(setting -> args.addAll(List.of("--set", setting)));
        return CommandLineRun.tiny(args.toArray(String[]::new));
    }

    private static String[] trainFolder(Path folder) {
        return new String[] {"images.train.name=folder", "images.train.path=" + folder};
    }

    private Path images(int count, int side) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("images"));
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
        return folder;
    }
}
