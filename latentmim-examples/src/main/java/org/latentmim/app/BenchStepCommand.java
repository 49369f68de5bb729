package org.latentmim.app;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.latentmim.bench.FlopCounter;
import org.latentmim.bench.Measurement;
import org.latentmim.bench.Phase;
import org.latentmim.bench.StepBenchmark;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times the train step. */
@Command(
        name = "step",
        description = "Times the train step of a recipe on images that are loaded before, then its phases with the loader at"
                + " work; counts its matrix products, and says how near it is to the machine's speed.",
        mixinStandardHelpOptions = true)
final class BenchStepCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "10", description = "Steps to time (${DEFAULT-VALUE}).")
    private int steps;

    @Mixin
    private BenchOutput output;

    BenchStepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkSteps(steps);
        Optional<BenchResult> earlier = output.earlier();
        Recipe read = recipe.read();
        FlopCounter counter = new FlopCounter();
        try (Pretraining pretraining = Pretraining.of(read, counter::observe)) {
            BenchOutput.showRecipe(pretraining, terminal);
            terminal.print("steps      " + steps + " after " + StepBenchmark.WARM_UP + " of warm-up; then " + steps
                    + " with the loader, phase by phase");
            List<Measurement> measurements = new StepBenchmark(pretraining).measure(counter, steps);
            Set<String> phases = Arrays.stream(Phase.values()).map(Phase::toString).collect(Collectors.toSet());
            List<Measurement> parts = measurements.stream().filter(one -> phases.contains(one.name())).toList();
            output.show(pretraining.compute(), measurements, BenchOutput.shares(parts), earlier, terminal);
            return 0;
        }
    }

    static void checkSteps(int steps) {
        if (steps < 1) {
            throw new UsageException("--steps must be at least 1, but is " + steps + ".");
        }
    }
}
