package org.latentmim.app;

import static java.util.function.Function.identity;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latentmim.bench.Measurement;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the numbers of a benchmark go, and what they are compared with. */
final class BenchOutput {

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers to a file, too, with machine and date.")
    private Optional<Path> json;

    @Option(names = "--vs", paramLabel = "FILE", description = "Compare with the numbers that --json wrote before.")
    private Optional<Path> vs;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** Returns the numbers to compare with; call it before anything is timed. */
    Optional<BenchResult> earlier() {
        Optional<BenchResult> earlier = vs.map(BenchResult::read);
        earlier.filter(result -> !result.benchmark().equals(spec.name())).ifPresent(result -> {
            throw new UsageException("--vs: the file " + vs.orElseThrow() + " is of bench " + result.benchmark()
                    + ", not of bench " + spec.name() + ".");
        });
        return earlier;
    }

    static void showRecipe(Pretraining pretraining, Terminal terminal) {
        Summary.of(pretraining).forEach(terminal::print);
        terminal.print("machine    " + Machine.cpu() + ", " + Machine.cores() + " cores");
    }

    /**
     * Shows the comparison, then the numbers, and writes the file.
     *
     * @param notes what to say beside a number, by its name
     */
    void show(Compute compute, List<Measurement> measurements, Map<String, String> notes, Optional<BenchResult> earlier,
            Terminal terminal) {
        Map<String, String> environment = new LinkedHashMap<>();
        Environment.describe(compute, spec.root().commandLine().getParseResult().originalArgs())
                .forEach((name, value) -> environment.put(name, value.toString()));
        BenchResult result = new BenchResult(spec.name(), environment, measurements);
        BenchTable table = new BenchTable(terminal);
        earlier.ifPresent(before -> table.compare(before, result));
        table.print(measurements, notes);
        json.ifPresent(result::write);
    }

    /** Returns the share of each measurement in their sum, in %. */
    static Map<String, String> shares(List<Measurement> parts) {
        double sum = parts.stream().mapToDouble(Measurement::value).sum();
        return parts.stream().map(Measurement::name).collect(Collectors.toMap(identity(), name -> BenchTable.number(
                parts.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow().value() * 100 / sum) + " %"));
    }
}
