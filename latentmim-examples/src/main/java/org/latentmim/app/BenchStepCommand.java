package org.latentmim.app;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.StepBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the train step. */
@Command(
        name = "step",
        description = "Times the train step of a recipe on images that are loaded before, and the loader by itself.",
        mixinStandardHelpOptions = true)
final class BenchStepCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "10", description = "Steps to time (${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers to a file, too.")
    private Optional<Path> json;

    @Spec
    private CommandSpec spec;

    BenchStepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (steps < 1) {
            throw new UsageException("--steps must be at least 1, but is " + steps + ".");
        }
        try (Pretraining pretraining = Pretraining.of(recipe.read())) {
            Summary.of(pretraining).forEach(terminal::print);
            StepBenchmark benchmark = pretraining.benchmark(steps);
            OptionalLong peak = Machine.peakMemory();
            double slowest = benchmark.batch() / benchmark.seconds()[steps - 1];
            double fastest = benchmark.batch() / benchmark.seconds()[0];
            terminal.print("machine    " + Machine.cpu() + ", " + Machine.cores() + " cores");
            terminal.print(String.format(Locale.ROOT, "step       %,.2f images/s (median of %d; %,.2f to %,.2f)",
                    benchmark.imagesPerSecond(), steps, slowest, fastest));
            terminal.print(String.format(Locale.ROOT, "loader     %,.0f images/s by itself", benchmark.loadedPerSecond()));
            terminal.print("peak       "
                    + (peak.isPresent() ? Summary.mebibytes(peak.getAsLong()) + " resident" : "memory unknown here"));

            Map<String, Object> numbers = new LinkedHashMap<>(
                    Environment.describe(pretraining.compute(), spec.root().commandLine().getParseResult().originalArgs()));
            numbers.put("batch", benchmark.batch());
            numbers.put("steps", steps);
            numbers.put("images-per-second", benchmark.imagesPerSecond());
            numbers.put("slowest", slowest);
            numbers.put("fastest", fastest);
            numbers.put("loader-images-per-second", benchmark.loadedPerSecond());
            peak.ifPresent(bytes -> numbers.put("peak-resident-bytes", bytes));
            json.ifPresent(file -> write(file, numbers));
            return 0;
        }
    }

    private static void write(Path file, Map<String, Object> numbers) {
        try {
            Files.write(file, JSON.writeValueAsBytes(numbers));
        } catch (IOException e) {
            throw new FailureException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
