package org.latentmim.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.bench.Measurement;
import org.latentmim.bench.ScaleBenchmark;
import org.latentmim.pipeline.Recipe;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds how time and memory of a step grow. */
@Command(
        name = "scale",
        description = "Times the train step of a recipe with batch, visible patches, grid, width and depth made smaller and"
                + " larger, one after the other, and fits how time and memory grow.",
        mixinStandardHelpOptions = true)
final class BenchScaleCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "5",
            description = "Steps to time of each size (${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--multiples", paramLabel = "X", split = ",", defaultValue = "0.5,1,2",
            description = "Sizes to time, as multiples of the recipe's (${DEFAULT-VALUE}).")
    private List<Double> multiples;

    @Mixin
    private BenchOutput output;

    BenchScaleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BenchStepCommand.checkSteps(steps);
        if (multiples.stream().distinct().count() < 2 || multiples.stream().anyMatch(multiple -> !(multiple > 0))) {
            throw new UsageException("--multiples must be at least two different numbers above 0, but are " + multiples + ".");
        }
        Optional<BenchResult> earlier = output.earlier();
        Recipe base = recipe.read();
        List<Measurement> measurements = new ScaleBenchmark(recipe::read, multiples, steps).measure(listener());
        terminal.bottom("");
        output.show(Compute.of(base.runtime()), measurements, Map.of(), earlier, terminal);
        return 0;
    }

    private ScaleBenchmark.Listener listener() {
        return new ScaleBenchmark.Listener() {

            @Override
            public void measures(String dimension, long size) {
                terminal.bottom("timing " + dimension + " " + size + " ...");
            }

            @Override
            public void skips(String dimension, String reason) {
                terminal.print(dimension + " is left as it is: " + reason);
            }
        };
    }
}
