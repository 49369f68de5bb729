package org.latentmim.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder to write to that need not be there yet. */
public record OutputFolder(Path path) {

    /**
     * Looks whether the folder is there or could be made, and writes nothing.
     *
     * @throws FailureException if it could not, or not be written to
     */
    public void check() {
        Path existing = existing();
        if (!Files.isDirectory(existing)) {
            throw new FailureException("The folder " + path + " cannot be made: " + existing + " is a file.");
        }
        if (!Files.isWritable(existing)) {
            throw denied(null);
        }
    }

    /**
     * Makes the folder, unless it is there.
     *
     * @throws FailureException if it cannot be made
     */
    public void make() {
        try {
            Files.createDirectories(path);
        } catch (AccessDeniedException e) {
            throw denied(e);
        } catch (IOException e) {
            throw new FailureException(
                    "The folder " + path + " cannot be made: " + e.getMessage() + ". Name another one with --out.", e);
        }
    }

    /** Returns the folder itself, or the nearest place above it that is there. */
    public Path existing() {
        Path place = path;
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return place == null ? Path.of("") : place;
    }

    private FailureException denied(IOException cause) {
        return new FailureException(
                "The folder " + path + " cannot be written to: permission denied. Name another one with --out.", cause);
    }
}
