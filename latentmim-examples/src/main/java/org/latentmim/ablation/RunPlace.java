package org.latentmim.ablation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;

/**
 * One run of a suite: the variant, the seed, and the folder {@code VARIANT/seed-N} of the run. What the run itself does not
 * record lies beside it in {@code seed-N.json}.
 *
 * @param suite the folder of the suite
 * @param variant by its name
 */
public record RunPlace(Path suite, String variant, long seed) {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

    /** Returns the folder of the run. */
    public Path folder() {
        return suite.resolve(variant).resolve("seed-" + seed);
    }

    /** Returns the run as one says it. */
    public String words() {
        return variant + ", seed " + seed;
    }

    Optional<RunNote> note() {
        try {
            return Files.exists(file()) ? Optional.of(JSON.readValue(file().toFile(), RunNote.class)) : Optional.empty();
        } catch (IOException e) {
            throw new FailureException(file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns whether the run came to its end, by whatever recipe. */
    boolean isFinished() {
        return RunDirectory.isRun(folder()) && note().filter(RunNote::finished).isPresent();
    }

    void write(RunNote note) {
        try {
            new OutputFolder(file().getParent()).make();
            AtomicWrite.file(file(), JSON.writeValueAsBytes(note));
        } catch (IOException e) {
            throw new FailureException(file() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Records that the run failed.
     *
     * @param words why
     * @throws FailureException if that cannot be written
     */
    public void failed(String words) {
        write(RunNote.failed(words));
    }

    private Path file() {
        return folder().resolveSibling("seed-" + seed + ".json");
    }
}
