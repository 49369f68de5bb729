package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.LabelMap;
import org.latentmim.testing.Recording;

/**
 * J and F of real masks against those that the official evaluation found. The masks are DAVIS's and no part of this project: this
 * is skipped where they do not lie beside it, or in the folder of {@code latentmim.golden}.
 */
class DavisGoldenTest {

    private static final Path BESIDE = Path.of("..", "..", "shared", "golden");
    private static final Pattern CASE = Pattern.compile(
            "\"case\": (\\d+), .*?\"height\": (\\d+), \"width\": (\\d+), \"J\": ([0-9.e-]+), \"F\": ([0-9.e-]+)");

    @Test
    void regionsAndBoundariesAgreeWithTheOfficialEvaluation() throws IOException {
        String given = System.getProperty("latentmim.golden", "");
        Path file = (given.isBlank() ? BESIDE : Path.of(given)).resolve("davis-jf.safetensors");
        assumeTrue(Files.exists(file), () -> file + " is not there");
        Recording recording = Recording.read(file);
        int cases = 0;
        for (MatchResult found : CASE.matcher(recording.metadata().get("cases")).results().toList()) {
            int height = Integer.parseInt(found.group(2));
            int width = Integer.parseInt(found.group(3));
            BinaryMask truth = unpacked(recording.bytes("annotation." + found.group(1)), height, width);
            BinaryMask own = unpacked(recording.bytes("prediction." + found.group(1)), height, width);
            assertThat(own.regionSimilarity(truth)).as("J of %s", found.group()).isEqualTo(Double.parseDouble(found.group(4)));
            assertThat(own.boundaryAccuracy(truth)).as("F of %s", found.group())
                    .isCloseTo(Double.parseDouble(found.group(5)), within(1e-15));
            cases++;
        }
        assertThat(cases).isPositive();
    }

    /** Rows of bits, the highest of a byte first. */
    private static BinaryMask unpacked(byte[] packed, int height, int width) {
        int rowBytes = (width + 7) / 8;
        byte[] labels = new byte[height * width];
        for (int i = 0; i < labels.length; i++) {
            int column = i % width;
            labels[i] = (byte) (packed[i / width * rowBytes + column / 8] >> 7 - column % 8 & 1);
        }
        return BinaryMask.of(new LabelMap(height, width, labels), 1);
    }
}
