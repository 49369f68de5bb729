package org.latentmim.target;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.checkpoint.Safetensors;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetEncoder;

/** What an encoder says that was trained before and never changes (MILAN and EVA predict a teacher in this way). */
final class FrozenCheckpointTargetUpdater extends EncoderTargetUpdater {

    @Meaning("An encoder that was trained before, read from a checkpoint, and never changes")
    record Config(
            @Meaning("the folder of a run, of a checkpoint, or a .safetensors file") Path path,
            @Meaning("whose tensors to take of it: encoder, target_encoder, or another prefix") @Default("encoder") String part,
            @Meaning("the encoder that was saved, if it is another one than the recipe's") Optional<Part<Encoder>> encoder,
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view,
            @Meaning("whether each target is normalised over its width, without weights") @Default("false") boolean normalize) {}

    @Inject
    FrozenCheckpointTargetUpdater(Config config, Parts parts, @TargetEncoder Provider<Encoder> target) {
        super(filled(config, parts, target), new TargetReading(config.view(), config.normalize()));
    }

    private static Encoder filled(Config config, Parts parts, Provider<Encoder> target) {
        Path file = file(config.path());
        Encoder encoder = config.encoder().map(parts::build).orElseGet(target::get);
        fill(encoder.parameters(), file, config.part());
        return encoder;
    }

    private static Path file(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no file or folder " + path, new NoSuchFileException(path.toString()));
        }
        if (!Files.isDirectory(path)) {
            return path;
        }
        Path ofRun = path.resolve("checkpoints");
        return Checkpoint.open(Files.isDirectory(ofRun) ? ofRun : path).file(Checkpoint.MODEL);
    }

    private static void fill(Parameters weights, Path file, String part) {
        try (Safetensors tensors = Safetensors.open(file)) {
            if (tensors.names().stream().noneMatch(name -> name.startsWith(part + "."))) {
                String parts = tensors.names().stream()
                        .map(name -> name.split("\\.", 2)[0])
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
                throw new IllegalArgumentException("part is " + part + ", but " + file + " has only: " + parts);
            }
            new NamedTensors().add(part, weights.all()).copyPartFrom(tensors);
        }
        weights.learning().values().forEach(weight -> weight.set_requires_grad(false));
    }

    @Override
    public void update(Progress progress) {
        // frozen
    }
}
