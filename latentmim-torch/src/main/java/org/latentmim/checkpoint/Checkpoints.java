package org.latentmim.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;

/** All checkpoints of a run. Whoever uses it holds the {@link RunLock} of the run. */
public final class Checkpoints {

    private final Path folder;
    private final Keeping keeping;

    public Checkpoints(Path folder, Keeping keeping) {
        this.folder = folder;
        this.keeping = keeping;
    }

    /**
     * Writes a checkpoint, and drops those that need not be kept any more.
     *
     * @throws FailureException if it cannot be written, or one cannot be dropped; then those before are still there
     */
    public Checkpoint write(CheckpointState state, Map<String, NamedTensors> groups) {
        Checkpoint written = Checkpoint.write(folder, state, groups);
        try {
            drop();
        } catch (IOException e) {
            throw new FailureException("A checkpoint in " + folder + " cannot be deleted: " + e.getMessage(), e);
        }
        return written;
    }

    /**
     * Finds the newest checkpoint whose files are all as they were written, and makes it the latest. What was cut off is swept
     * away; newer ones that are damaged get a name of their own, for a person to look at.
     *
     * @param notices told of those that are damaged
     * @return nothing if there are no checkpoints
     * @throws FailureException if there are, but each is damaged; then all are left as they are
     */
    public Optional<Checkpoint> recover(Consumer<String> notices) {
        try {
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            AtomicWrite.sweep(folder);
            return newestWhole(notices);
        } catch (IOException e) {
            throw new FailureException("The folder " + folder + " cannot be put in order: " + e.getMessage(), e);
        }
    }

    private Optional<Checkpoint> newestWhole(Consumer<String> notices) throws IOException {
        Map<Path, String> damages = new LinkedHashMap<>();
        List<Path> rising = folders();
        for (int i = rising.size() - 1; i >= 0; i--) {
            try {
                Checkpoint whole = Checkpoint.openWhole(rising.get(i));
                for (Map.Entry<Path, String> damage : damages.entrySet()) {
                    setAside(damage.getKey());
                    notices.accept("A checkpoint is damaged, and the run goes on from the one before, "
                            + whole.folder().getFileName() + ": " + damage.getValue() + ".");
                }
                Checkpoint.name(whole.folder());
                return Optional.of(whole);
            } catch (FailureException e) {
                damages.put(rising.get(i), e.getMessage());
            }
        }
        if (!damages.isEmpty()) {
            throw new FailureException("A run cannot go on from any checkpoint in " + folder + ":\n  "
                    + String.join("\n  ", damages.values()) + "\nBegin a new run with another --out.");
        }
        return Optional.empty();
    }

    private static void setAside(Path damaged) throws IOException {
        Path aside = damaged.resolveSibling("damaged-" + damaged.getFileName());
        if (Files.exists(aside)) {
            AtomicWrite.remove(aside);
        }
        Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns where the checkpoint of a step is, or would be. */
    public Path place(long step) {
        return Checkpoint.folder(folder, step);
    }

    /** Returns the best value of a metric so far, or no number. */
    public double best(Best wanted) {
        return Keeping.bestOf(states(), wanted).map(state -> state.metrics().get(wanted.metric())).orElse(Double.NaN);
    }

    /** Returns how many there are. */
    public int count() {
        return folders().size();
    }

    private void drop() throws IOException {
        List<CheckpointState> rising = states();
        Set<Long> dropped = new HashSet<>(rising.stream().map(CheckpointState::step).toList());
        dropped.removeAll(keeping.of(rising));
        for (Path candidate : Checkpoint.folders(folder)) {
            if (dropped.contains(Checkpoint.stepOf(candidate))) {
                AtomicWrite.remove(candidate);
            }
        }
    }

    private List<CheckpointState> states() {
        return folders().stream().flatMap(candidate -> Checkpoint.stateIn(candidate).stream()).toList();
    }

    private List<Path> folders() {
        try {
            return Checkpoint.folders(folder);
        } catch (IOException e) {
            throw new FailureException("The folder " + folder + " cannot be looked into: " + e.getMessage() + ".", e);
        }
    }
}
