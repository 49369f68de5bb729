package org.latentmim.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latentmim.runtime.FailureException;

/** The room that is left on the disk of a folder. */
final class DiskRoom {

    private DiskRoom() {}

    /**
     * @param existing the folder, or the nearest place above it that is there
     * @param who wants the room, and writes it
     * @param advice what to do without it
     * @throws FailureException if there is less than needed
     */
    static void check(Path existing, Path folder, long needed, String who, String advice) throws IOException {
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < needed) {
            throw new FailureException("The disk of " + folder + " has " + mebibytes(free) + " free, but " + who + " writes "
                    + mebibytes(needed) + ". " + advice);
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
