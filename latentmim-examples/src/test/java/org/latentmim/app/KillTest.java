package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed at random moments, without a warning and often in the middle of a checkpoint, and begun again by the same
 * command: it ends as one that was never killed. {@code kill-test} beside this module's launcher does it 200 times.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("latentmim.kills", 2);
    private static final int STEPS = 20 * (KILLS + 1);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path temporary;

    private final Random random = new Random(Long.getLong("latentmim.kills.seed", 1));

    @Test
    void aRunThatIsKilledAtRandomMomentsEndsAsOneThatNeverWas() throws Exception {
        Path killed = temporary.resolve("killed");
        Path output = temporary.resolve("output");
        long reached = 0;
        int during = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(CommandLineRun.command(List.of(), args(killed)))
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                waitForNewCheckpoint(killed, reached, process);
                process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(137);
            reached = latest(killed);
            during += hasUnfinished(killed) ? 1 : 0;
        }
        CommandLineRun end = CommandLineRun.of(args(killed).toArray(String[]::new));
        assertThat(end.err()).isEmpty();
        assertThat(end.exitCode()).isZero();
        assertThat(end.out()).contains("Going on after step ").doesNotContain("damaged");

        Path unbroken = temporary.resolve("unbroken");
        assertThat(CommandLineRun.of(args(unbroken).toArray(String[]::new)).exitCode()).isZero();
        String last = String.format("checkpoints/step-%09d/", STEPS);
        for (String file : List.of(last + "model.safetensors", last + "optimizer.safetensors")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(unbroken.resolve(file));
        }
        assertThat(scores(killed)).isEqualTo(scores(unbroken));
        assertThat(metrics(killed)).isEqualTo(metrics(unbroken));
        System.out.println(KILLS + " kills, " + during + " in the middle of a checkpoint, the last after step " + reached);
    }

    private static List<String> args(Path folder) {
        return CommandLineRun.tinyArgs("--set", "train.epochs=" + STEPS / 4, "--set", "encoder.drop-path=0.2",
                "--set", "run.checkpoint-steps=1", "--set", "run.log-every=3", "--set", "runtime.threads=1",
                "--out", folder.toString());
    }

    private static void waitForNewCheckpoint(Path folder, long reached, Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 6000 && process.isAlive() && latest(folder) <= reached; i++) {
            Thread.sleep(10);
        }
    }

    private static long latest(Path folder) throws IOException {
        Path latest = folder.resolve("checkpoints/latest");
        return Files.exists(latest) ? Long.parseLong(Files.readString(latest).strip().substring("step-".length())) : 0;
    }

    private static boolean hasUnfinished(Path folder) throws IOException {
        try (var entries = Files.list(folder.resolve("checkpoints"))) {
            return entries.anyMatch(entry -> entry.toString().endsWith(".unfinished"));
        }
    }

    private static JsonNode scores(Path folder) throws IOException {
        JsonNode scores = JSON.readTree(folder.resolve("scores.json").toFile());
        scores.forEach(score -> ((ObjectNode) score).remove("seconds"));
        return scores;
    }

    private static List<JsonNode> metrics(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            lines.add(((ObjectNode) JSON.readTree(line)).remove(List.of("images-per-second", "data-wait")));
        }
        return lines;
    }
}
