package org.latentmim.train;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps what a training needs to go on. Called on the training thread. Keeps nothing by itself. */
public interface Safekeeping {

    /** Keeps nothing. */
    Safekeeping NONE = new Safekeeping() {};

    /** A step and all that belongs to it is done, and a training could go on from there. */
    default void settled() {}

    /**
     * Puts the training back to its last good checkpoint, and makes that the one to go on from in another process too.
     *
     * @param after what the training must remember of why it went back
     * @return the checkpoint; nothing if there is none
     */
    default Optional<Path> goBack(Setbacks after) {
        return Optional.empty();
    }

    /** Returns the last checkpoint, if there is one. */
    default Optional<Path> last() {
        return Optional.empty();
    }
}
