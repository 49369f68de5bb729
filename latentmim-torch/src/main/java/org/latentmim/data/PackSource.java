package org.latentmim.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.latentmim.spi.ImageData;

/** Where a packed file gets its images from: one pass over a folder or an archive. For one thread. */
interface PackSource extends Closeable {

    /** One image, maybe still to be read. */
    record Item(String path, Content content) {}

    /** Reads an image, on any thread. */
    interface Content {

        /**
         * @throws IOException if it cannot be read; the message says why
         */
        ImageData read() throws IOException;
    }

    /**
     * Returns a source of the images of a folder or of an archive.
     *
     * @throws IllegalArgumentException if there is neither, or a folder without images
     * @throws IOException if it cannot be read
     */
    static PackSource of(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException("there is no folder and no tar " + place);
        }
        return Files.isDirectory(place) ? new FolderSource(place) : new TarSource(place);
    }

    /**
     * Goes on.
     *
     * @return the next images, at most so many; none at the end
     * @throws IOException if the source as a whole cannot be read
     */
    List<Item> next(int most) throws IOException;

    /** Returns the number of images, if it is known before the end. */
    OptionalInt size();

    /** Returns how much of the source is behind, from 0 to 1. */
    double share() throws IOException;

    /** Returns with what every path that was given out so far begins, but should not in the packed file. */
    String prefix();
}
