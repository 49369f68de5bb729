package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackCommandTest {

    @TempDir
    private Path temporary;

    private Path source;
    private Path out;

    @BeforeEach
    void writeImages() throws IOException {
        source = Files.createDirectory(temporary.resolve("images"));
        out = temporary.resolve("images.pack");
        for (int i = 0; i < 3; i++) {
            BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(image, "png", source.resolve(i + ".png").toFile());
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 20, 5400", "1, 20, 1800", "1, 10, 450"}) // three images of channels * side * side * 1.5 bytes
    void packsPixelsInTheSizeAndChannelsAskedFor(int channels, int shortSide, int bytes) throws IOException {
        CommandLineRun run = pack("--channels", "" + channels, "--short-side", "" + shortSide);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("3 images, 0.0 MiB, are in " + out + "\n");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.size(out)).isBetween(bytes + 32L, bytes + 300L);
    }

    @Test
    void packsJpeg() throws IOException {
        assertThat(pack("--format", "jpeg", "--short-side", "10").exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(out);
        assertThat(Arrays.copyOfRange(bytes, 32, 35)).containsExactly(0xff, 0xd8, 0xff);
    }

    @Test
    void listsWhatItLeavesOut() throws IOException {
        Files.write(source.resolve("broken.png"), new byte[] {1});
        CommandLineRun run = pack("--tolerate-unreadable", "0.25");

        assertThat(run.out()).isEqualTo("3 images, 0.0 MiB, are in " + out + "\n\n1 image could not be read, and left out:\n"
                + "  broken.png: cannot decode broken.png: its 1 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void failsWhereMoreThanToleratedAreUnreadable() throws IOException {
        Files.write(source.resolve("broken.png"), new byte[] {1});
        CommandLineRun run = pack();

        assertThat(run.err()).isEqualTo("latentmim: 1 of 4 images (25.0%) cannot be read, and 1.0% are tolerated: broken.png."
                + " The first reason: cannot decode broken.png: its 1 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file."
                + " Repair or remove them.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertNothingWritten();
    }

    @ParameterizedTest
    @CsvSource({
        "--short-side, 0, '--short-side must be at least 1, but is 0.'",
        "--format, png, '--format must be raw or jpeg, but is png.'",
        "--channels, 2, '--channels must be 1 or 3, but is 2.'",
        "--tolerate-unreadable, 2, '--tolerate-unreadable must be between 0 and 1, but is 2.0.'"
    })
    void refusesWrongOptions(String option, String value, String message) {
        assertMistake(message, pack(option, value));
        assertNothingWritten();
    }

    @Test
    void refusesAMissingSource() {
        Path missing = temporary.resolve("missing");
        assertMistake("there is no folder and no tar " + missing,
                CommandLineRun.of("pack", missing.toString(), out.toString()));
    }

    @Test
    void keepsAFileThatIsThere() throws IOException {
        Files.writeString(out, "mine");
        assertMistake(out + " is there already: delete it, or name another.", pack());
        assertThat(out).hasContent("mine");
    }

    private static void assertMistake(String message, CommandLineRun run) {
        assertThat(run.err()).isEqualTo("latentmim: " + message + "\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private void assertNothingWritten() {
        assertThat(temporary).isDirectoryNotContaining(path -> path.toString().contains("pack"));
    }

    private CommandLineRun pack(String... options) {
        return CommandLineRun.of(Stream.concat(Stream.of("pack", source.toString(), out.toString()), Arrays.stream(options))
                .toArray(String[]::new));
    }
}
