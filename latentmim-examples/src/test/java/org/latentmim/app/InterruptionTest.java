package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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

    private static final long INTERRUPT = 0b10; // the second signal

    @TempDir
    private Path temporary;

    @Test
    void aRunThatIsAskedToEndSavesAndSaysHowToGoOn() throws Exception {
        Path folder = temporary.resolve("run");
        Path output = temporary.resolve("output");
        assertThat(exitCodeOf("TERM", endless(folder), "step 1 of 400000", output)).isEqualTo(143);
        assertThat(Files.readString(output))
                .contains("Stopping after this step and saving (a request to end); press Ctrl-C again to leave at once.\n")
                .containsPattern("\nStopped after step \\d+ of 400000\\. The weights so far are in " + folder + "\n"
                        + "To go on: latentmim pretrain --resume " + folder + "\n"
                        + "To measure them: latentmim evaluate " + folder + "\n$");
        assertThat(CommandLineRun.of("evaluate", folder.toString()).out()).contains("trained encoder after epoch ");
    }

    @Test
    void ctrlCSavesToo() throws Exception {
        assumeThat(ignoresInterrupts()).as("a program in the background of a script, and all that it starts, ignores Ctrl-C").isFalse();
        Path output = temporary.resolve("output");
        assertThat(exitCodeOf("INT", endless(temporary.resolve("run")), "step 1 of 400000", output)).isEqualTo(130);
        assertThat(Files.readString(output))
                .contains("Stopping after this step and saving (Ctrl-C); press Ctrl-C again to leave at once.\n");
    }

    private static List<String> endless(Path folder) {
        return CommandLineRun.tinyArgs("--set", "train.epochs=100000", "--out", folder.toString());
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status) && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & INTERRUPT) != 0);
    }

    /** Starts a program, waits until it says something, signals, and waits for its end. */
    private static int exitCodeOf(String signal, List<String> args, String text, Path output) throws Exception {
        Process process = new ProcessBuilder(CommandLineRun.command(List.of(), args))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            waitFor(text, output, process);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void waitFor(String text, Path output, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive() && !Files.readString(output).contains(text); i++) {
            Thread.sleep(100);
        }
        assertThat(Files.readString(output)).contains(text);
    }
}
