package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.bench.Measurement;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.bench.Phase;

class BenchCommandsTest {

    @TempDir
    Path temporary;

    @Test
    void stepShowsPhasesWithTheirShares() {
        CommandLineRun run = bench("step", "--steps", "2", "--json", file("a.json"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("\nsteps      2 after 3 of warm-up; then 2 with the loader, phase by phase\n")
                .containsPattern("\n  step +[0-9,.]+ images/s   [0-9,.]+ to [0-9,.]+\n")
                .containsPattern("\n  encoder +[0-9.]+ ms   [0-9.]+ to [0-9.]+ +[0-9.]+ %\n");
        BenchResult result = BenchResult.read(temporary.resolve("a.json"));
        assertThat(result.benchmark()).isEqualTo("step");
        assertThat(result.environment()).containsKeys("command", "started", "cpu", "cores", "device", "blas");
        assertThat(result.measurements()).allMatch(one -> one.value() > 0);
        Map<String, Double> values =
                result.measurements().stream().collect(Collectors.toMap(Measurement::name, Measurement::value));
        double phases = Arrays.stream(Phase.values()).mapToDouble(phase -> values.get(phase.toString())).sum();
        assertThat(16e3 / values.get("step while loading")).isCloseTo(phases, within(0.5 * phases));
    }

    @Test
    void dataShowsItsStages() {
        assertThat(bench("data").out()).containsPattern("\n  read and decode +[0-9,.]+ images/s ")
                .containsPattern("\n  crop and resize +[0-9,.]+ images/s ")
                .containsPattern("\n  loader, each core +[0-9,.]+ images/s ");
    }

    @Test
    void evalShowsFeaturesAndEvaluators() {
        assertThat(bench("eval", "--images", "8").out()).containsPattern("\n  features +[0-9,.]+ images/s ")
                .containsPattern("\n  nearest-neighbor +[0-9,.]+ queries/s ");
    }

    @Test
    void scaleShowsHowAStepGrowsAndWhatCannot() {
        CommandLineRun run = bench(
                "scale", "--steps", "1", "--multiples", "1,2", "--set", "masking=multi-block", "--json", file("s.json"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("visible is left as it is: the recipe has no masking.visible\n")
                .containsPattern("\n  batch 32, time +[0-9,.]+ ms")
                .containsPattern("\n  grid, growth of time +-?[0-9.]+ exponent");
        assertThat(BenchResult.read(temporary.resolve("s.json")).measurements()).extracting(Measurement::name)
                .contains("depth 1, time", "depth 2, time", "width, growth of time")
                .noneMatch(name -> name.startsWith("visible"));
    }

    @Test
    void checkpointShowsTheDiskBesideItselfAndLeavesNothingThere() throws IOException {
        CommandLineRun run = bench("checkpoint", "--folder", temporary.toString(), "--samples", "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("\n  size +[0-9.,]+ MiB\n")
                .containsPattern("\n  training waits +[0-9.,]+ ms ")
                .containsPattern("\n  checkpoint +[0-9.,]+ MiB/s ")
                .containsPattern("\n  plain file, synced +[0-9.,]+ MiB/s ");
        assertThat(temporary).isEmptyDirectory();
        assertThat(bench("checkpoint", "--folder", file("none")).err())
                .isEqualTo("latentmim: --folder: there is no folder " + file("none") + ".\n");
    }

    @Test
    void comparesWithAnEarlierResult() {
        assertThat(bench("data", "--json", file("now.json")).exitCode()).isZero();
        BenchResult now = BenchResult.read(temporary.resolve("now.json"));
        List<Measurement> faster = now.measurements().stream()
                .map(one -> new Measurement(
                        one.name(), one.unit(), one.value() * 1e6, one.low() * 1e6, one.high() * 1e6, one.samples()))
                .toList();
        new BenchResult("data", now.environment(), faster).write(temporary.resolve("before.json"));

        CommandLineRun run = bench("data", "--vs", file("before.json"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("\n  loader +0\\.000 x   [0-9,.]+ to [0-9,.]+ images/s +slower beyond the spread\n")
                .contains("\nSlower beyond the spread: read and decode, crop and resize, both, one thread, loader,"
                        + " loader, each core.\n")
                .doesNotContain("not the same");
        assertThat(run.out().indexOf("Now, as a multiple of")).isLessThan(run.out().indexOf("Median, and"));
    }

    @Test
    void aResultReadsBack() {
        BenchResult result = new BenchResult("step", Map.of("cpu", "a"), List.of(
                Measurement.of("step", Unit.IMAGES_PER_SECOND, 1, 2, 4), Measurement.of("share", Unit.PERCENT_OF_PEAK, 0.125)));
        result.write(temporary.resolve("r.json"));
        assertThat(BenchResult.read(temporary.resolve("r.json"))).isEqualTo(result);
    }

    @Test
    void saysWhatAFileIsNot() throws IOException {
        new BenchResult("step", Map.of(), List.of()).write(temporary.resolve("step.json"));
        Files.writeString(temporary.resolve("other.json"), "{\"loss\": 3}");
        assertThat(bench("data", "--vs", file("step.json")).err()).isEqualTo(
                "latentmim: --vs: the file " + file("step.json") + " is of bench step, not of bench data.\n");
        assertThat(bench("data", "--vs", file("other.json")).err())
                .startsWith("latentmim: The file " + file("other.json") + " is no result of latentmim bench --json: ");
        assertThat(bench("data", "--vs", file("none.json")).err())
                .isEqualTo("latentmim: There is no file " + file("none.json") + " to compare with.\n");
        assertThat(bench("scale", "--multiples", "2,2").err())
                .isEqualTo("latentmim: --multiples must be at least two different numbers above 0, but are [2.0, 2.0].\n");
        assertThat(bench("eval", "--images", "0").err()).isEqualTo("latentmim: --images must be at least 1, but is 0.\n");
    }

    @Test
    void aNarrowTerminalGetsSentences() {
        StringWriter out = new StringWriter();
        Terminal narrow = new Terminal(new PrintWriter(out), new PrintWriter(out), true, () -> 40);
        new BenchTable(narrow).print(List.of(Measurement.of("step", Unit.IMAGES_PER_SECOND, 10, 20, 40)), Map.of("step", "good"));
        assertThat(out.toString()).contains("\n  step 20.00 images/s (10.00 to 40.00;\n    good)\n");
        assertThat(out.toString().lines()).allMatch(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length() <= 40);
    }

    private String file(String name) {
        return temporary.resolve(name).toString();
    }

    private static CommandLineRun bench(String what, String... more) {
        List<String> args = new ArrayList<>(List.of("bench", what, "quickstart"));
        args.addAll(CommandLineRun.TINY);
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }
}
