package org.latentmim.checkpoint;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.runtime.UsageException;

/**
 * The folder of a run:
 * <pre>
 * recipe.yaml        the recipe as it was run, defaults filled in
 * environment.json   machine and versions
 * metrics.jsonl      numbers on the way, one object a line
 * skipped.jsonl      steps whose loss or gradient was not finite, one object a line, if there were any
 * scores.json        what the evaluators measured
 * health.json        how it learns: the last look, and when the verdict changed
 * checkpoints/       see {@link Checkpoint}
 * </pre>
 * Every file is written beside its place and renamed into it. Immutable and thread-safe.
 */
public final class RunDirectory {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new Jdk8Module())
            .build();

    private static final String RECIPE = "recipe.yaml";

    private final Path folder;

    private RunDirectory(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks whether a new run could be written to a folder, and writes nothing. What a run leaves that was cut off before it
     * began counts as nothing.
     *
     * @param needed bytes that the run will write
     * @throws UsageException if there is something in the folder
     * @throws FailureException if it cannot be made or written to, or its disk has no room
     */
    public static void check(Path folder, long needed) {
        OutputFolder place = new OutputFolder(folder);
        place.check();
        Path existing = place.existing();
        try {
            if (existing.equals(folder) && !isEmpty(folder)) {
                throw new UsageException("The folder " + folder + " is not empty. Name another one with --out.");
            }
            DiskRoom.check(existing, folder, needed, "the run", "Free some, or name another folder with --out.");
        } catch (IOException e) {
            throw new FailureException("The folder " + folder + " cannot be looked into: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Makes the folder of a new run, or takes an empty one, after a {@link #check}.
     *
     * @throws UsageException if there is something in the folder
     * @throws FailureException if it cannot be made or written to, or its disk has no room; then nothing is left behind
     */
    public static RunDirectory create(Path folder, long needed) {
        check(folder, needed);
        new OutputFolder(folder).make();
        return new RunDirectory(folder);
    }

    /** Returns whether a run was begun in a folder. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("recipe.yaml"));
    }

    /**
     * Looks whether a run that was begun has room to go on.
     *
     * @throws FailureException if the disk has none
     */
    public void checkRoom(long needed) {
        try {
            DiskRoom.check(folder, folder, needed, "the run", "Free some to go on.");
        } catch (IOException e) {
            throw new FailureException("The folder " + folder + " cannot be looked into: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Opens the folder of a run that was made before.
     *
     * @throws UsageException if it is none
     */
    public static RunDirectory open(Path folder) {
        if (!isRun(folder)) {
            throw new UsageException("There is no run in " + folder + ": it has no " + RECIPE + ".");
        }
        return new RunDirectory(folder);
    }

    /**
     * Opens the run that a checkpoint lies in.
     *
     * @param checkpoint a checkpoint, or the folder of all checkpoints of a run
     * @throws UsageException if it lies in none
     */
    public static RunDirectory around(Path checkpoint) {
        Path above = checkpoint.toAbsolutePath().normalize();
        while (above != null && !Files.isRegularFile(above.resolve(RECIPE))) {
            above = above.getParent();
        }
        if (above == null) {
            throw new UsageException("There is no run in or around " + checkpoint + ": no " + RECIPE + ".");
        }
        return new RunDirectory(above);
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /** Returns the file of the recipe. */
    public Path recipe() {
        return folder.resolve(RECIPE);
    }

    /** Returns the folder of all checkpoints. */
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /**
     * Writes a text.
     *
     * @throws FailureException if it cannot be written; then the file is as it was
     */
    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes an object as JSON.
     *
     * @throws FailureException if it cannot be written; then the file is as it was
     */
    public void writeJson(String name, Object value) {
        try {
            write(name, JSON.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new FailureException("Cannot write " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads an object that was written as JSON.
     *
     * @return nothing if it was never written
     * @throws FailureException if it cannot be read, or is something else
     */
    public <T> Optional<T> readJson(String name, Class<T> type) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
        } catch (IOException e) {
            throw new FailureException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void write(String name, byte[] bytes) {
        try {
            AtomicWrite.file(folder.resolve(name), bytes);
        } catch (NoSuchFileException e) {
            throw new FailureException("Cannot write " + folder.resolve(name) + ": the folder is gone.", e);
        } catch (IOException e) {
            throw new FailureException("Cannot write " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> entry.endsWith(RunLock.FILE) || AtomicWrite.isUnfinished(entry));
        }
    }
}
