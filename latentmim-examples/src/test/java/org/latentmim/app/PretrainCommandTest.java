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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path temporary;

    private static Path folder;
    private static CommandLineRun run;

    @BeforeAll
    static void trainsATinyEncoder() {
        folder = temporary.resolve("run");
        run = CommandLineRun.tiny("--out", folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhatItWillDo() {
        assertThat(run.out()).startsWith("""
                Pretraining quickstart
                images     64 to learn from, 40 held out
                encoder    4,688 parameters; sees 8 of 49 patches
                training   2 epochs, 8 steps of 16 images
                device     cpu with\s""");
    }

    @Test
    void endsWithTheScoresOfPixelsUntrainedAndTrainedEncoder() {
        assertThat(run.out().substring(run.out().indexOf("\nnearest-neighbor: 1-nn"))).matches("""

                nearest-neighbor: 1-nn leave-one-out, 40 images
                  raw pixels          \\d\\d\\.\\d\\d %
                  untrained encoder   \\d\\d\\.\\d\\d %
                  trained encoder     \\d\\d\\.\\d\\d %  [+-]\\d+\\.\\d\\d

                nearest-neighbor: 20-nn train to test, 40 images
                  raw pixels          \\d\\d\\.\\d\\d %
                  untrained encoder   \\d\\d\\.\\d\\d %
                  trained encoder     \\d\\d\\.\\d\\d %  [+-]\\d+\\.\\d\\d

                Is it learning\\? too early to say \\(.*\\)\\.

                The run is in .*run
                """);
    }

    @Test
    void writesPlainLinesWhereThereIsNoTerminal() {
        assertThat(run.out()).contains("step 1 of 8, epoch 1 of 2, ",
                "step 8 of 8, epoch 2 of 2, 0:00 left, loss ", "similarity/predicted ");
        assertThat(run.out().chars().filter(character -> character != '\n' && Character.isISOControl(character))).isEmpty();
    }

    @Test
    void leavesARecipeThatReadsBackToTheSame() {
        List<String> overrides = IntStream.range(0, CommandLineRun.TINY.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(CommandLineRun.TINY::get)
                .toList();
        assertThat(Recipes.read(folder.resolve("recipe.yaml").toString(), List.of()))
                .isEqualTo(Recipes.read("quickstart", overrides));
    }

    @Test
    void leavesANumberForEveryStep() throws IOException {
        List<Long> steps = new ArrayList<>();
        for (JsonNode line : metrics(folder)) {
            if (line.has("loss")) {
                steps.add(line.get("step").longValue());
            }
        }
        assertThat(steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void leavesWhereItRan() throws IOException {
        JsonNode environment = JSON.readTree(folder.resolve("environment.json").toFile());
        assertThat(environment.get("command").textValue()).startsWith("latentmim pretrain quickstart --set images.train.to=64");
        assertThat(environment.fieldNames()).toIterable().containsExactly("command", "started", "latentmim", "java", "system",
                "cpu", "cores", "memory", "pytorch", "javacpp", "blas", "device");
    }

    @Test
    void leavesWeightsThatEvaluateJudgesTheSame() throws IOException {
        String scores = Files.readString(folder.resolve("scores.json"));
        CommandLineRun evaluation = CommandLineRun.of("evaluate", folder.toString());
        assertThat(evaluation.err()).isEmpty();
        assertThat(evaluation.exitCode()).isZero();
        assertThat(evaluation.out()).contains("trained encoder after epoch 2: 1-nn leave-one-out ");
        assertThat(withoutTime(Files.readString(folder.resolve("scores.json")))).isEqualTo(withoutTime(scores));
    }

    @Test
    void givesTheSameNumbersAgainWithAnyNumberOfWorkers() throws IOException {
        Path again = temporary.resolve("again");
        CommandLineRun.tiny("--set", "runtime.workers=3", "--out", again.toString());
        assertThat(withoutTimes(metrics(again))).isEqualTo(withoutTimes(metrics(folder)));
    }

    @Test
    void givesOtherNumbersFromAnotherSeed() throws IOException {
        Path other = temporary.resolve("other");
        CommandLineRun.tiny("--set", "run.seed=1", "--out", other.toString());
        assertThat(withoutTimes(metrics(other))).isNotEqualTo(withoutTimes(metrics(folder)));
    }

    private static List<JsonNode> metrics(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<JsonNode> withoutTimes(List<JsonNode> lines) {
        lines.forEach(line -> ((ObjectNode) line).remove(List.of("images-per-second", "data-wait")));
        return lines;
    }

    private static String withoutTime(String scores) {
        return scores.replaceAll("\"seconds\" : [0-9.E-]+", "");
    }
}
