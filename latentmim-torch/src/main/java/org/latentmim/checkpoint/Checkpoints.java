package org.latentmim.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;

/** All checkpoints of a run. Whoever uses it holds the {@link RunLock} of the run. */
public final class Checkpoints {

    private final Path folder;
    private final Keeping keeping;
    private final Predicate<CheckpointState> good;

    public Checkpoints(Path folder, Keeping keeping) {
        this(folder, keeping, state -> true);
    }

    /**
     * Also keeps the newest good one, whatever else is kept.
     *
     * @param good whether a training may go back to it
     */
    public Checkpoints(Path folder, Keeping keeping, Predicate<CheckpointState> good) {
        this.folder = folder;
        this.keeping = keeping;
        this.good = good;
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
            return newestWhole(state -> true, notices);
        } catch (IOException e) {
            throw cannotBePutInOrder(e);
        }
    }

    /**
     * Finds the newest whole checkpoint that is good, or else the newest whole one, makes it the latest and drops those after it.
     * Not while one is being written.
     *
     * @param notices told of those that are damaged
     * @return nothing if there are no checkpoints
     */
    public Optional<Checkpoint> goBack(Consumer<String> notices) {
        try {
            Optional<Checkpoint> found = newestWhole(good, notices);
            return found.isPresent() ? found : newestWhole(state -> true, notices);
        } catch (IOException e) {
            throw cannotBePutInOrder(e);
        }
    }

    private FailureException cannotBePutInOrder(IOException e) {
        return new FailureException("The folder " + folder + " cannot be put in order: " + e.getMessage(), e);
    }

    private Optional<Checkpoint> newestWhole(Predicate<CheckpointState> wanted, Consumer<String> notices) throws IOException {
        List<Path> passedOver = new ArrayList<>();
        Map<Path, String> damages = new LinkedHashMap<>();
        List<Path> rising = folders();
        for (int i = rising.size() - 1; i >= 0; i--) {
            try {
                Checkpoint whole = Checkpoint.openWhole(rising.get(i));
                if (!wanted.test(whole.state())) {
                    passedOver.add(whole.folder());
                    continue;
                }
                for (Map.Entry<Path, String> damage : damages.entrySet()) {
                    setAside(damage.getKey());
                    notices.accept("A checkpoint is damaged, and the run goes on from the one before, "
                            + whole.folder().getFileName() + ": " + damage.getValue() + ".");
                }
                Checkpoint.name(whole.folder());
                for (Path later : passedOver) {
                    AtomicWrite.remove(later);
                }
                return Optional.of(whole);
            } catch (FailureException e) {
                damages.put(rising.get(i), e.getMessage());
            }
        }
        if (!damages.isEmpty() && passedOver.isEmpty()) {
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

    /** Returns the newest one, whole or not. */
    public Optional<Path> newest() {
        List<Path> rising = folders();
        return rising.isEmpty() ? Optional.empty() : Optional.of(rising.get(rising.size() - 1));
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
        rising.stream().filter(good).mapToLong(CheckpointState::step).max().ifPresent(dropped::remove);
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
