package org.latentmim.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.data.Unreadable;
import org.latentmim.embedding.Embedding;
import org.latentmim.embedding.Manifest;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.Recipe;
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

    @Parameters(index = "0", paramLabel = "RUN",
            description = "The folder of a run, whose latest weights are taken, or of a checkpoint.")
    private Path run;

    @Parameters(index = "1", paramLabel = "IMAGES",
            description = "A folder of images, one image, or an image set as recipes have it: '{name: idx, images: FILE}'.")
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

    @Mixin
    private Overrides overrides;

    @Spec
    private CommandSpec spec;

    EmbedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Embedding.check(out);
        RunDirectory directory = RunDirectory.around(run);
        Checkpoint checkpoint = Checkpoint.open(isRun(directory) ? directory.checkpoints() : run);
        Assembly assembly = Assembly.of(recipe(directory));
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

    private boolean isRun(RunDirectory directory) {
        return directory.folder().equals(run.toAbsolutePath().normalize());
    }

    /** The images to embed take the place of those that were learned from, which need not be there any more. */
    private Recipe recipe(RunDirectory directory) {
        String file = directory.recipe().toString();
        String set = images.startsWith("{") ? images : folder(Recipes.read(file, overrides.values()).images().mean().size());
        Stream<String> instead = Stream.of("images.train=null", "images.train=" + set);
        return Recipes.read(file, Stream.concat(instead, overrides.values().stream()).toList());
    }

    private String folder(int channels) {
        String path = Path.of(images).toAbsolutePath().toString();
        return "{name: folder, path: '" + path.replace("'", "''") + "', channels: " + channels + "}";
    }

    private void report(Manifest manifest) {
        UnreadableImages.print(
                manifest.unreadable().stream().map(image -> new Unreadable(image.path(), image.reason())).toList(),
                "have no embedding", terminal);
        terminal.print(Summary.count(manifest.count()) + " embeddings of " + manifest.plan().shape() + " numbers are in " + out);
    }
}
