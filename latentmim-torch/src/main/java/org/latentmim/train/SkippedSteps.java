package org.latentmim.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.latentmim.runtime.FailureException;

/** The file {@code skipped.jsonl} of a run: one JSON object a line for each skipped step. There is none until the first. */
public final class SkippedSteps {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    /** Names the file in the folder of a run. */
    public SkippedSteps(Path folder) {
        this.file = folder.resolve("skipped.jsonl");
    }

    Path file() {
        return file;
    }

    void add(SkippedStep step) {
        try {
            Files.writeString(file, JSON.writeValueAsString(step) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new FailureException("cannot write to " + file + ": " + e.getMessage(), e);
        }
    }

    /** Forgets all but the first, as a training does that was cut off and goes on from an earlier step. */
    void keep(long first) {
        if (Files.exists(file)) {
            try {
                JsonLines.cut(file, first);
            } catch (IOException e) {
                throw new FailureException(e.getMessage(), e);
            }
        }
    }
}
