package org.latentmim.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.bench.CheckpointBenchmark;
import org.latentmim.bench.Measurement;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times checkpoints. */
@Command(
        name = "checkpoint",
        description = "Times the checkpoints of a recipe beside a plain file of the same size, in turn.",
        mixinStandardHelpOptions = true)
final class BenchCheckpointCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--folder", paramLabel = "DIR", defaultValue = ".",
            description = "A folder on the disk to measure (the current one).")
    private Path folder;

    @Option(names = "--samples", paramLabel = "N", defaultValue = "3", description = "Checkpoints to write (${DEFAULT-VALUE}).")
    private int samples;

    @Mixin
    private BenchOutput output;

    BenchCheckpointCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (samples < 1) {
            throw new UsageException("--samples must be at least 1, but is " + samples + ".");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("--folder: there is no folder " + folder + ".");
        }
        Optional<BenchResult> earlier = output.earlier();
        try (Pretraining pretraining = Pretraining.of(recipe.read())) {
            BenchOutput.showRecipe(pretraining, terminal);
            List<Measurement> measurements = new CheckpointBenchmark(pretraining).measure(folder, samples);
            output.show(pretraining.compute(), measurements, Map.of(), earlier, terminal);
            return 0;
        }
    }
}
