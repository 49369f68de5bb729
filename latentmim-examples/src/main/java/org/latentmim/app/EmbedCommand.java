package org.latentmim.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.data.Unreadable;
import org.latentmim.embedding.Embedding;
import org.latentmim.embedding.Manifest;
import org.latentmim.pipeline.Assembly;
import org.latentmim.representation.Pooling;
import org.latentmim.runtime.Compute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns images into vectors. */
@Command(
        name = "embed",
        description = "Writes what a trained encoder says of every image to one file; stopped and started again, it goes on.",
        mixinStandardHelpOptions = true)
final class EmbedCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private WeightsArgument weights;

    @Parameters(index = "1", paramLabel = "IMAGES", description = WeightsArgument.IMAGES + ".")
    private String images;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "What to write: a .parquet or .npy file.")
    private Path out;

    @Option(names = "--pool", defaultValue = "mean",
            description = "mean of the patch tokens, class token, or all patches: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Pooling pooling;

    @Option(names = "--layer", paramLabel = "N", defaultValue = "1",
            description = "The block to read, counted from the last, which is 1 (${DEFAULT-VALUE}).")
    private int layer;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "encoder",
            description = "Whose weights: encoder, or target_encoder where the run has one (${DEFAULT-VALUE}).")
    private String part;

    @Option(names = "--batch", paramLabel = "N", description = "Images at a time; what is fast if left out.")
    private Optional<Integer> batch;

    @Spec
    private CommandSpec spec;

    EmbedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Embedding.check(out);
        Checkpoint checkpoint = weights.checkpoint();
        Assembly assembly = Assembly.of(weights.recipe(images));
        OptionalInt wanted = batch.map(OptionalInt::of).orElse(OptionalInt.empty());
        Embedding embedding = new Embedding(assembly, checkpoint, part, pooling, layer, wanted);
        int count = embedding.plan().images().count();
        terminal.title("Embedding " + Summary.count(count) + (count == 1 ? " image" : " images"));
        List<String> args = spec.root().commandLine().getParseResult().originalArgs();
        try (EmbeddingScreen screen = new EmbeddingScreen(terminal, count)) {
            Manifest manifest =
                    embedding.write(out, Environment.describe(assembly.get(Compute.class), args), screen);
            screen.close();
            report(manifest);
        }
        return 0;
    }

    private void report(Manifest manifest) {
        UnreadableImages.print(
                manifest.unreadable().stream().map(image -> new Unreadable(image.path(), image.reason())).toList(),
                "have no embedding", terminal);
        terminal.print(Summary.count(manifest.count()) + " embeddings of " + manifest.plan().shape() + " numbers are in " + out);
    }
}
