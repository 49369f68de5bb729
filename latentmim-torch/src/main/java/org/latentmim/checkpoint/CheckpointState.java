package org.latentmim.checkpoint;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.latentmim.runtime.Version;

/**
 * What a checkpoint says of itself in {@code state.json}. Format 1 had no files, metrics and training: it can be judged, but a
 * run cannot go on from it.
 *
 * @param format version of the checkpoint's layout, at most {@value #FORMAT}
 * @param step optimizer steps done
 * @param epoch passes over the images done, with their fraction
 * @param time when it was written, as ISO 8601 in UTC
 * @param versions of what wrote it, by name
 * @param files the SHA-256 of every other file of the checkpoint, by name
 * @param metrics what was measured at this step, by name
 * @param training what the training must remember beside its tensors
 */
@JsonPropertyOrder({"format", "step", "epoch", "time", "versions", "files", "metrics", "training"})
public record CheckpointState(int format, long step, double epoch, String time, Map<String, String> versions,
        Map<String, String> files, Map<String, Double> metrics, JsonNode training) {

    /** The version of the layout that this code writes and reads. */
    public static final int FORMAT = 2;

    /** Copies the maps. */
    public CheckpointState {
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /** Returns the state of now, without a training to go on with. */
    public static CheckpointState now(long step, double epoch) {
        return now(step, epoch, Map.of(), JsonNodeFactory.instance.objectNode());
    }

    /** Returns the state of now, written by what runs here; the files are not known yet. */
    public static CheckpointState now(long step, double epoch, Map<String, Double> metrics, JsonNode training) {
        return new CheckpointState(FORMAT, step, epoch, Instant.now().toString(), Map.of(
                "latentmim", Version.text(),
                "pytorch", version("pytorch"),
                "java", Runtime.version().toString()), Map.of(), metrics, training);
    }

    CheckpointState with(Map<String, String> files) {
        return new CheckpointState(format, step, epoch, time, versions, files, metrics, training);
    }

    /** Adds to what an older version wrote what it did not know of. */
    static void complete(ObjectNode older) {
        for (String name : new String[] {"files", "metrics", "training"}) {
            older.putIfAbsent(name, JsonNodeFactory.instance.objectNode());
        }
    }

    private static String version(String artifact) {
        try {
            return Loader.getVersion("org.bytedeco", artifact);
        } catch (IOException e) {
            throw new UncheckedIOException("the version of " + artifact + " cannot be read from its jar", e);
        }
    }
}
