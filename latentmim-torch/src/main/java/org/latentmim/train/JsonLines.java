package org.latentmim.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of one JSON object a line. */
final class JsonLines {

    private JsonLines() {}

    /** Cuts off all but the first lines, and a line that is not whole. */
    static void cut(Path file, long kept) throws IOException {
        byte[] all = Files.readAllBytes(file);
        long lines = 0;
        int end = 0;
        for (int at = 0; at < all.length && lines < kept; at++) {
            if (all[at] == '\n') {
                lines++;
                end = at + 1;
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
        } catch (IOException e) {
            throw new IOException("cannot cut " + file + ": " + e.getMessage(), e);
        }
    }
}
