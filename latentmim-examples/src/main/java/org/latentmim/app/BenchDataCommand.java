package org.latentmim.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.bench.DataBenchmark;
import org.latentmim.bench.Measurement;
import org.latentmim.pipeline.Pretraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Times the images of a recipe. */
@Command(
        name = "data",
        description = "Times the training images of a recipe: reading and decoding, cropping and resizing, the whole loader.",
        mixinStandardHelpOptions = true)
final class BenchDataCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Mixin
    private BenchOutput output;

    BenchDataCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<BenchResult> earlier = output.earlier();
        try (Pretraining pretraining = Pretraining.of(recipe.read())) {
            BenchOutput.showRecipe(pretraining, terminal);
            List<Measurement> measurements = new DataBenchmark(pretraining).measure();
            int workers = pretraining.recipe().runtime().workersOrDefault();
            output.show(pretraining.compute(), measurements,
                    Map.of("read and decode", "one thread", "crop and resize", "one thread", "loader", workers + " threads"),
                    earlier, terminal);
            return 0;
        }
    }
}
