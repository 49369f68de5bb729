package org.latentmim.spi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A source of images with a fixed order. A constructor may ask for its configuration; {@code java.nio.file.Path}s in it are
 * already resolved against the recipe's folder. It finds out what it needs to answer {@link #size} and reads images only when
 * asked. Implementations are thread-safe: workers read side by side.
 */
public interface ImageSet {

    /** The label of an image that has none. */
    int NO_LABEL = -1;

    /** Returns the number of images, at least 1. */
    int size();

    /** Returns the number of channels that every image has, or is converted to when decoded. */
    int channels();

    /**
     * Reads one image.
     *
     * @param index from 0 to {@code size() - 1}
     * @throws IOException if it cannot be read; the message names the file and the reason
     */
    ImageData read(int index) throws IOException;

    /** Returns what a person can find the image by: a path inside the source, or a number. */
    String id(int index);

    /** Returns the class of the image as an index into {@link #classes}, or {@link #NO_LABEL}. */
    default int label(int index) {
        return NO_LABEL;
    }

    /** Returns the names of the classes; empty if the images have no labels. */
    default List<String> classes() {
        return List.of();
    }

    /**
     * Returns the class of every pixel of an image, as an index into {@link #classes}; others are not judged.
     *
     * @param index from 0 to {@code size() - 1}
     * @return empty if the images have no label maps, which is the default
     * @throws IOException if the map cannot be read; the message names the file and the reason
     */
    default Optional<LabelMap> labelMap(int index) throws IOException {
        return Optional.empty();
    }
}
