package org.latentmim.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/**
 * A moment of a run on disk, complete or not there:
 * <pre>
 * checkpoints/step-000001000/model.safetensors   encoder.*, decoder.*, target_encoder.*, loss.&lt;term&gt;.*
 *                            state.json          format, step, epoch, time, versions
 * checkpoints/latest                             the name of the newest folder, as text
 * </pre>
 * Further groups of tensors lie beside the model, each in a file of its own. Immutable and thread-safe.
 */
public final class Checkpoint {

    /** The group of the networks' tensors. */
    public static final String MODEL = "model";

    private static final String STATE = "state.json";
    private static final String LATEST = "latest";
    private static final String ENDING = ".safetensors";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;
    private final CheckpointState state;

    private Checkpoint(Path folder, CheckpointState state) {
        this.folder = folder;
        this.state = state;
    }

    /**
     * Writes a checkpoint, in place of one of the same step, and lets {@code latest} name it.
     *
     * @param checkpoints the folder that holds all checkpoints of a run; made if it is missing
     * @param groups the tensors by the name of their group, {@link #MODEL} among them
     * @throws FailureException if it cannot be written; then {@code latest} still names the one before
     */
    public static Checkpoint write(Path checkpoints, CheckpointState state, Map<String, NamedTensors> groups) {
        if (!groups.containsKey(MODEL)) {
            throw new IllegalArgumentException("a checkpoint needs the group '" + MODEL + "', but got " + groups.keySet());
        }
        Path folder = checkpoints.resolve(String.format(Locale.ROOT, "step-%09d", state.step()));
        try {
            Files.createDirectories(checkpoints);
            AtomicWrite.folder(folder, unfinished -> {
                for (Map.Entry<String, NamedTensors> group : groups.entrySet()) {
                    Safetensors.write(unfinished.resolve(group.getKey() + ENDING), group.getValue().all(),
                            Map.of("format", "pt", "step", Long.toString(state.step())));
                }
                AtomicWrite.file(unfinished.resolve(STATE), JSON.writeValueAsBytes(state));
            });
            AtomicWrite.file(checkpoints.resolve(LATEST),
                    (folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailureException("The checkpoint " + folder + " cannot be written: " + reason(e), e);
        }
        return new Checkpoint(folder, state);
    }

    /**
     * Opens a checkpoint.
     *
     * @param folder the checkpoint itself, or the folder of all checkpoints, whose newest is taken
     * @throws UsageException if there is none
     * @throws FailureException if it cannot be read, or was written by a later version
     */
    public static Checkpoint open(Path folder) {
        if (Files.isRegularFile(folder.resolve(STATE))) {
            return new Checkpoint(folder, state(folder.resolve(STATE)));
        }
        return latest(folder).orElseThrow(() ->
                new UsageException("There is no checkpoint in " + folder + ": it has neither " + STATE + " nor " + LATEST));
    }

    /**
     * Opens the newest checkpoint of a run, if there is one.
     *
     * @param checkpoints the folder that holds all checkpoints of a run
     * @throws FailureException if it cannot be read, or was written by a later version
     */
    public static Optional<Checkpoint> latest(Path checkpoints) {
        Path latest = checkpoints.resolve(LATEST);
        if (!Files.isRegularFile(latest)) {
            return Optional.empty();
        }
        try {
            Path folder = checkpoints.resolve(Files.readString(latest).strip());
            if (!Files.isRegularFile(folder.resolve(STATE))) {
                throw new FailureException(latest + " names the checkpoint " + folder + ", which is not there");
            }
            return Optional.of(open(folder));
        } catch (IOException e) {
            throw new FailureException(latest + " cannot be read: " + reason(e), e);
        }
    }

    /** Returns the folder of this checkpoint. */
    public Path folder() {
        return folder;
    }

    /** Returns how far the run had come. */
    public CheckpointState state() {
        return state;
    }

    /** Returns whether this checkpoint holds a group of tensors. */
    public boolean has(String group) {
        return Files.isRegularFile(file(group));
    }

    /** Returns the file of a group of tensors. */
    public Path file(String group) {
        return folder.resolve(group + ENDING);
    }

    /**
     * Copies a group of tensors into those of a run, by name.
     *
     * @throws FailureException if names or shapes differ, all of which are listed, or the file cannot be read
     */
    public void load(String group, NamedTensors into) {
        try (Safetensors file = Safetensors.open(file(group))) {
            into.copyFrom(file);
        }
    }

    private static CheckpointState state(Path file) {
        try {
            CheckpointState state = JSON.readValue(file.toFile(), CheckpointState.class);
            if (state.format() != CheckpointState.FORMAT) {
                throw new FailureException(file + " has the format " + state.format() + ", but this version reads "
                        + CheckpointState.FORMAT);
            }
            return state;
        } catch (IOException e) {
            throw new FailureException(file + " cannot be read: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
    }
}
