package org.latentmim.checkpoint;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;

/**
 * What a checkpoint says of itself in {@code state.json}. Immutable.
 *
 * @param format version of the checkpoint's layout, {@value #FORMAT}
 * @param step optimizer steps done
 * @param epoch passes over the images done, with their fraction
 * @param time when it was written, as ISO 8601 in UTC
 * @param versions of what wrote it, by name
 */
@JsonPropertyOrder({"format", "step", "epoch", "time", "versions"})
public record CheckpointState(int format, long step, double epoch, String time, Map<String, String> versions) {

    /** The version of the layout that this code writes and reads. */
    public static final int FORMAT = 1;

    /** Copies the versions. */
    public CheckpointState {
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    }

    /** Returns the state of now, written by what runs here. */
    public static CheckpointState now(long step, double epoch) {
        String own = CheckpointState.class.getPackage().getImplementationVersion();
        return new CheckpointState(FORMAT, step, epoch, Instant.now().toString(), Map.of(
                "latentmim", own == null ? "development" : own,
                "pytorch", version("pytorch"),
                "java", Runtime.version().toString()));
    }

    private static String version(String artifact) {
        try {
            return Loader.getVersion("org.bytedeco", artifact);
        } catch (IOException e) {
            throw new UncheckedIOException("the version of " + artifact + " cannot be read from its jar", e);
        }
    }
}
