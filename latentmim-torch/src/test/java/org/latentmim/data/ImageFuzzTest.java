package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.testing.Fuzzing;

class ImageFuzzTest {

    @TempDir
    Path folder;

    @Test
    void damagedImagesAreImagesOrRefused() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-cp", System.getProperty("java.class.path")));
        for (String key : List.of(Fuzzing.SECONDS_KEY, Fuzzing.SEED_KEY)) {
            if (System.getProperty(key) != null) {
                command.add("-D" + key + "=" + System.getProperty(key));
            }
        }
        command.add(ImageFuzz.class.getName());
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();

        int exitCode = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start().waitFor();

        System.out.print(Files.readString(out.toPath()));
        assertThat(exitCode).as(() -> end(err)).isZero();
    }

    /** What failed stands behind thousands of warnings of the decoders. */
    private static String end(File output) {
        try {
            List<String> lines = Files.readAllLines(output.toPath(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
