package org.latentmim.pipeline;

import java.nio.file.Path;

/**
 * A text that was read.
 *
 * @param name how messages call it
 * @param folder what relative paths in it are relative to
 * @param lines whether its lines are worth counting
 */
record Source(String name, Path folder, boolean lines) {

    static Source file(String name, Path folder) {
        return new Source(name, folder, true);
    }

    static Source phrase(String name, Path folder) {
        return new Source(name, folder, false);
    }

    Position line(int line) {
        return new Position(this, lines ? line : 0);
    }
}
