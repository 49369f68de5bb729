package org.latentmim.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.bench.EvaluationBenchmark;
import org.latentmim.bench.Measurement;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times the evaluations of a recipe. */
@Command(
        name = "eval",
        description = "Times the evaluations of a recipe: the features of images, and what each evaluator does with features.",
        mixinStandardHelpOptions = true)
final class BenchEvalCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--images", paramLabel = "N", defaultValue = "512",
            description = "At most so many images to find the features of (${DEFAULT-VALUE}).")
    private int images;

    @Mixin
    private BenchOutput output;

    BenchEvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (images < 1) {
            throw new UsageException("--images must be at least 1, but is " + images + ".");
        }
        Optional<BenchResult> earlier = output.earlier();
        try (Pretraining pretraining = Pretraining.of(recipe.read())) {
            BenchOutput.showRecipe(pretraining, terminal);
            List<Measurement> measurements = new EvaluationBenchmark(pretraining).measure(images);
            output.show(pretraining.compute(), measurements, Map.of(), earlier, terminal);
            return 0;
        }
    }
}
