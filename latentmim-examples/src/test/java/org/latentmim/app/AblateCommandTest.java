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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblateCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String SUITE = """
            name: tiny
            question: Which is better?
            forms:
              smoke:
                recipe: quickstart
                seeds: [1, 2]
                change:
                  images: { train: { to: 64 }, test: { to: 8040 } }
                  encoder: { width: 16, depth: 1, heads: 2, projector: { depth: 1 } }
                  decoder: { width: 16, depth: 1, heads: 2 }
                  train: { batch: 16, epochs: 2, warmup-epochs: 0 }
                  run: { log-every: 1, evaluate-every: 0, keep-newest: 1 }
                  runtime: { device: cpu, threads: 1 }
            variants:
              - { name: discrimination, about: as it is }
              - { name: l2, change: { losses: [l2] } }
              - { name: deep, change: { decoder: { depth: 2 } }, equal: operations }
            """;

    @TempDir
    private Path temporary;

    private Path file;

    @BeforeEach
    void aSuite() throws IOException {
        file = temporary.resolve("tiny.yaml");
        Files.writeString(file, SUITE);
    }

    private List<String> args(Path out, String... more) {
        List<String> args = new ArrayList<>(List.of("ablate", file.toString(), "--out", out.toString()));
        args.addAll(List.of(more));
        return args;
    }

    private CommandLineRun ablate(Path out, String... more) {
        return CommandLineRun.of(args(out, more).toArray(String[]::new));
    }

    @Test
    void trainsEveryVariantWithEverySeedAndComparesThem() throws IOException {
        CommandLineRun run = ablate(temporary);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Ablation tiny, smoke: Which is better?\n6 runs\n  1/6  discrimination  seed 1  nearest-"
                + "neighbor: 1-nn leave-one-out ").contains("\n  6/6  deep            seed 2  ", "±", " the base\n",
                "\nMeans and standard deviations over seeds. Differences to discrimination are of runs with the same seed. ",
                "Bonferroni's correction widens them so that all 2 hold together with 95%. Differences to the untrained encoder go"
                        + " by their own pairs alone, all 3 together with 95% as well.",
                "\nThe table is in " + temporary.resolve("tiny-smoke/results.html"));

        JsonNode results = JSON.readTree(temporary.resolve("tiny-smoke/results.json").toFile());
        assertThat(results.get("variants")).hasSize(3).allSatisfy(variant -> {
            assertThat(variant.get("runs")).hasSize(2).allSatisfy(one -> {
                assertThat(one.get("state").asText()).isEqualTo("FINISHED");
                assertThat(one.get("operations").asDouble()).isPositive();
                assertThat(one.get("imagesPerSecond").asDouble()).isPositive();
                assertThat(one.get("seconds").asDouble()).isPositive();
                assertThat(one.get("peakMemory").asLong()).isGreaterThan(50 << 20);
                assertThat(one.get("verdict").asText()).isEqualTo("too early to say");
            });
            assertThat(variant.get("scores").get(0).get("trained").get("count").asInt()).isEqualTo(2);
        });
        String recipe = temporary.resolve("tiny-smoke/l2/seed-2/recipe.yaml").toString();
        assertThat(Recipes.read(recipe, List.of()).run().seed()).isEqualTo(2);
        assertThat(Files.readAllLines(temporary.resolve("tiny-smoke/results.csv"))).hasSize(4);
        assertThat(Files.readString(temporary.resolve("tiny-smoke/results.html")))
                .contains("<h1>tiny, smoke</h1>", "Which is better?", "l2/seed-2/recipe.yaml")
                .doesNotContain("http://", "https://");

        JsonNode before = table(temporary);
        CommandLineRun again = ablate(temporary);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("\n6 runs, 6 of them finished before\n").doesNotContain("6/6");
        assertThat(table(temporary)).isEqualTo(before);
        CommandLineRun other = ablate(temporary, "--set", "losses.0.weight=2", "--only", "discrimination", "--seeds", "2");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.out()).contains("  discrimination  seed 2  failed: The run in ",
                "losses.0.weight: 1.0 in the run, 2.0 now");
        assertThat(ablate(temporary, "--dry-run").out()).contains("1 of 2", "Times are from finished runs.");
    }

    @Test
    void aVariantThatFailsDoesNotStopTheOthers() throws IOException {
        Files.writeString(file, SUITE.replace("change: { losses: [l2] }",
                "change: { images: { test: { name: folder, path: nowhere } } }"));
        CommandLineRun run = ablate(temporary, "--seeds", "5", "--only", "l2,discrimination");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\n2 runs\n  1/2  discrimination  seed 5  nearest",
                "\n  2/2  l2              seed 5  failed: ", "\nfailed: l2: ");
        JsonNode failed = JSON.readTree(temporary.resolve("tiny-smoke/results.json").toFile()).at("/variants/1/runs/2");
        assertThat(failed.get("state").asText()).isEqualTo("FAILED");
        assertThat(failed.get("failure").asText()).contains("nowhere");
        assertThat(Files.readString(temporary.resolve("tiny-smoke/results.html"))).contains("What failed");

        Files.writeString(file, SUITE);
        assertThat(ablate(temporary, "--seeds", "5", "--only", "l2,discrimination").exitCode()).isZero();
        assertThat(JSON.readTree(temporary.resolve("tiny-smoke/results.json").toFile()).at("/variants/1/runs/2/state").asText())
                .isEqualTo("FINISHED");
    }

    @Test
    void runsSeveralAtOnceInProcessesOfTheirOwn() throws IOException, InterruptedException {
        Path together = temporary.resolve("together");
        CommandLineRun run = CommandLineRun.besides(
                List.of(), args(together, "--at-once", "2", "--only", "discrimination,l2", "--seeds", "1"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\n  2/2  ");
        Path alone = temporary.resolve("alone");
        String[] one = {"--only", "discrimination,l2", "--seeds", "1"};
        assertThat(CommandLineRun.besides(List.of(), args(alone, one)).exitCode()).isZero();
        assertThat(table(together).toPrettyString()).isEqualTo(table(alone).toPrettyString());
    }

    /** Killed without a warning, in the middle of runs and between them. */
    @Test
    void killedAndBegunAgainItEndsWithTheSameTable() throws IOException, InterruptedException {
        Path killed = temporary.resolve("killed");
        String[] longer = {"--set", "train.epochs=30", "--set", "run.checkpoint-steps=1", "--only", "discrimination,l2"};
        for (String reached : List.of("discrimination/seed-1/checkpoints/latest", "discrimination/seed-1.json",
                "l2/seed-1/checkpoints/latest")) {
            Process process = new ProcessBuilder(CommandLineRun.command(List.of(), args(killed, longer)))
                    .redirectErrorStream(true).redirectOutput(temporary.resolve("output").toFile()).start();
            try {
                Path file = killed.resolve("tiny-smoke").resolve(reached);
                for (int i = 0; i < 12_000 && process.isAlive() && !Files.exists(file); i++) {
                    Thread.sleep(10);
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).as(Files.readString(temporary.resolve("output"))).isEqualTo(137);
        }
        CommandLineRun end = CommandLineRun.besides(List.of(), args(killed, longer));
        assertThat(end.err()).isEmpty();
        assertThat(end.exitCode()).isZero();
        assertThat(end.out()).contains(" of them finished before\n");

        Path unbroken = temporary.resolve("unbroken");
        assertThat(CommandLineRun.besides(List.of(), args(unbroken, longer)).exitCode()).isZero();
        assertThat(table(killed).toPrettyString()).isEqualTo(table(unbroken).toPrettyString());
    }

    @Test
    void aStoppedOneGoesOnByTheSameCommand() {
        CommandLineRun stopped = ablate(temporary, "--max-hours", "1e-7");
        assertThat(stopped.exitCode()).isEqualTo(75);
        assertThat(stopped.out()).contains("Stopped with 6 runs not finished; the same command goes on.");
        assertThat(ablate(temporary, "--only", "l2").exitCode()).isZero();
    }

    @Test
    void looksAheadWithoutWritingAnything() {
        CommandLineRun run = ablate(temporary.resolve("new"), "--dry-run", "--only", "discrimination,deep");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Ablation tiny, smoke\n").contains("runs left", "GFLOP/step", "discrimination", "2 of 2",
                "Times are from some timed steps of discrimination, by the operations of a step, without evaluation.");
        assertThat(temporary.resolve("new")).doesNotExist();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(ablate(temporary, "--only", "discriminaton")).isEqualTo(new CommandLineRun(2, "",
                "latentmim: there is no variant 'discriminaton' in tiny. Did you mean 'discrimination'? There are:"
                        + " discrimination, l2, deep\n"));
        assertThat(ablate(temporary, "--form", "paper").err()).isEqualTo(
                "latentmim: tiny.yaml has no form 'paper'. There are: smoke\n");
        assertThat(ablate(temporary, "--at-once", "0").err()).isEqualTo("latentmim: --at-once must be at least 1, but is 0.\n");
        assertThat(CommandLineRun.of("ablate", "lader").err()).startsWith("latentmim: there is no suite 'lader': no such file,"
                + " and no built-in suite of that name. Did you mean 'ladder'? Built in: decoder, ");
    }

    /** What a table says, without what hangs on the clock and the memory of a machine. */
    private static JsonNode table(Path out) throws IOException {
        JsonNode table = JSON.readTree(out.resolve("tiny-smoke/results.json").toFile());
        table.get("variants").forEach(variant -> variant.get("runs").forEach(run -> ((ObjectNode) run)
                .remove(List.of("seconds", "evaluationSeconds", "imagesPerSecond", "peakMemory"))));
        return table;
    }
}
