package org.latentmim.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Sha256;
import org.latentmim.runtime.UsageException;

/**
 * A moment of a run on disk, complete or not there:
 * <pre>
 * checkpoints/step-000001000/model.safetensors   encoder.*, decoder.*, target_encoder.*, loss.&lt;term&gt;.*
 *                            optimizer.safetensors   moments and step count of AdamW
 *                            state.json          format, step, epoch, versions, SHA-256 of the files, metrics, training
 * checkpoints/latest                             the name of the newest folder, as text
 * </pre>
 * Further groups of tensors lie beside the model, each in a file of its own. Immutable and thread-safe.
 */
public final class Checkpoint {

    /** The group of the networks' tensors. */
    public static final String MODEL = "model";

    /** The group of the optimizer's tensors. */
    public static final String OPTIMIZER = "optimizer";

    private static final long OVERHEAD = 1 << 20;
    private static final String PREFIX = "step-";
    private static final String FOLDER = PREFIX + "\\d{9,18}";
    private static final long LONGEST_NAME = 100;
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
     * @throws FailureException if it cannot be written, or the disk has no room; then {@code latest} still names the one before
     */
    public static Checkpoint write(Path checkpoints, CheckpointState state, Map<String, NamedTensors> groups) {
        if (!groups.containsKey(MODEL)) {
            throw new IllegalArgumentException("a checkpoint needs the group '" + MODEL + "', but got " + groups.keySet());
        }
        Path folder = folder(checkpoints, state.step());
        Map<String, String> sums = new TreeMap<>();
        try {
            Files.createDirectories(checkpoints);
            DiskRoom.check(checkpoints, checkpoints, bytes(groups.values()), "a checkpoint",
                    "Free some, or lower run.keep-newest.");
            AtomicWrite.folder(folder, unfinished -> {
                for (Map.Entry<String, NamedTensors> group : groups.entrySet()) {
                    String name = group.getKey() + ENDING;
                    sums.put(name, Safetensors.put(unfinished.resolve(name), group.getValue().all(),
                            Map.of("format", "pt", "step", Long.toString(state.step()))));
                }
                AtomicWrite.file(unfinished.resolve(STATE), JSON.writeValueAsBytes(state.with(sums)));
            });
            name(folder);
        } catch (IOException e) {
            throw new FailureException("The checkpoint " + folder + " cannot be written: " + reason(e), e);
        }
        return new Checkpoint(folder, state.with(sums));
    }

    /**
     * Returns the complete checkpoints of a run by their steps, rising, whether their files are as they were written or not. One
     * whose {@code state.json} cannot be read is there too.
     *
     * @param checkpoints the folder that holds them; may be missing
     */
    static List<Path> folders(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(FOLDER))
                    .sorted(Comparator.comparingLong(Checkpoint::stepOf))
                    .toList();
        }
    }

    /** Lets {@code latest} name a checkpoint. */
    static void name(Path folder) throws IOException {
        AtomicWrite.file(folder.resolveSibling(LATEST), (folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Path folder(Path checkpoints, long step) {
        return checkpoints.resolve(String.format(Locale.ROOT, PREFIX + "%09d", step));
    }

    static long stepOf(Path folder) {
        return Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()));
    }

    /**
     * Opens a checkpoint after a look at every byte of it.
     *
     * @throws FailureException if a file is missing or is not as it was written
     */
    static Checkpoint openWhole(Path folder) {
        Path file = folder.resolve(STATE);
        Checkpoint checkpoint = new Checkpoint(folder, state(file));
        if (checkpoint.state.files().isEmpty()) {
            throw new FailureException(file + " lists no files: an older version wrote it, from which no run can go on");
        }
        checkpoint.state.files().forEach((name, sum) -> {
            Path member = folder.resolve(name);
            try {
                if (!Sha256.of(member).equals(sum)) {
                    throw new FailureException(member + " is not as it was written: its SHA-256 is another one");
                }
            } catch (IOException e) {
                throw new FailureException(member + " cannot be read: " + reason(e), e);
            }
        });
        return checkpoint;
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
            Path folder = checkpoints.resolve(named(latest));
            if (!Files.isRegularFile(folder.resolve(STATE))) {
                throw new FailureException(latest + " names the checkpoint " + folder + ", which is not there");
            }
            return Optional.of(open(folder));
        } catch (IOException e) {
            throw new FailureException(latest + " cannot be read: " + reason(e), e);
        }
    }

    /** Whatever stands in the file, it leads to a checkpoint beside it. */
    private static String named(Path latest) throws IOException {
        String name = Files.size(latest) > LONGEST_NAME ? "" : Files.readString(latest).strip();
        if (!name.matches(FOLDER)) {
            throw new FailureException(latest + " does not name a checkpoint such as " + folder(Path.of(""), 1000)
                    + ". Write the name of the folder to take into it.");
        }
        return name;
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

    /** Returns what a checkpoint says of itself; nothing if that cannot be read: it counts as none, and is left for a person. */
    static Optional<CheckpointState> stateIn(Path folder) {
        try {
            return Optional.of(state(folder.resolve(STATE)));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    private static long bytes(Collection<NamedTensors> groups) {
        return groups.stream().flatMap(group -> group.all().values().stream()).mapToLong(Tensor::nbytes).sum() + OVERHEAD;
    }

    private static CheckpointState state(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (!(json instanceof ObjectNode written)) {
                throw new FailureException(file + " cannot be read: it is no JSON object");
            }
            int format = written.path("format").asInt();
            if (format > CheckpointState.FORMAT) {
                throw new FailureException(file + " has the format " + format + ", but this version reads "
                        + CheckpointState.FORMAT + " and older ones");
            }
            if (format < CheckpointState.FORMAT) {
                CheckpointState.complete(written);
            }
            return JSON.treeToValue(written, CheckpointState.class);
        } catch (IOException e) {
            throw new FailureException(file + " cannot be read: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
    }
}
