package org.latentmim.data;

import java.io.IOException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.ImageSet;

/** How a network sees an image: a part of it in a fixed size. Immutable and thread-safe. */
public interface View {

    /** Returns the grid that the view fills. */
    PatchGrid grid();

    /** Returns the height in pixels. */
    default int height() {
        return grid().height();
    }

    /** Returns the width in pixels. */
    default int width() {
        return grid().width();
    }

    /** Returns the number of values of a pixel. */
    default int channels() {
        return grid().channels();
    }

    /**
     * Reads an image and writes its view: row by row, pixel by pixel, the channels of a pixel side by side. Leaves nothing behind
     * outside the Java heap.
     *
     * @param index of the image in {@code images}
     * @param chance gives the generator for each random choice; not asked by a view without chance
     * @param target gets {@code height() * width() * channels()} bytes from {@code offset} on; any of them may be overwritten
     *     even if this fails
     * @throws IOException if the image cannot be read, decoded or cut; the message names it
     */
    void render(ImageSet images, int index, Function<Randomness.Purpose, RandomGenerator> chance, byte[] target, int offset)
            throws IOException;
}
