package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // where a process cannot be asked to end
class InterruptionTest {

    @TempDir
    private Path temporary;

    @Test
    void aRunThatIsAskedToEndSavesAndSaysHowToMeasureIt() throws Exception {
        Path folder = temporary.resolve("run");
        Path output = temporary.resolve("output");
        List<String> args = CommandLineRun.tinyArgs("--set", "train.epochs=100000", "--out", folder.toString());
        List<String> command = CommandLineRun.command(List.of(), args);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            waitFor("step 1 of 400000", output, process);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(output))
                .contains("Stopping after this step and saving; press Ctrl-C again to leave at once.\n")
                .containsPattern("\nStopped after step \\d+ of 400000\\. The weights so far are in " + folder + "\n"
                        + "To measure them: latentmim evaluate " + folder + "\n$");
        assertThat(CommandLineRun.of("evaluate", folder.toString()).out()).contains("trained encoder after epoch ");
    }

    private static void waitFor(String text, Path output, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive() && !Files.readString(output).contains(text); i++) {
            Thread.sleep(100);
        }
        assertThat(Files.readString(output)).contains(text);
    }
}
