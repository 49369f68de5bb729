package org.latentmim.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/**
 * Grey images in the IDX format of MNIST and its relatives, compressed by gzip or not, held in memory. Images have one channel
 * and are known by their number. Immutable and thread-safe.
 */
public class IdxImages implements ImageSet {

    private final int height;
    private final int width;
    private final byte[] pixels;
    private final byte[] labels;
    private final List<String> classes;

    private IdxImages(IdxFile images, byte[] labels, List<String> classes) {
        this.height = images.sizes()[1];
        this.width = images.sizes()[2];
        this.pixels = images.values();
        this.labels = labels;
        this.classes = classes;
    }

    /** Makes the same images under another class: a component that knows where they lie. */
    protected IdxImages(IdxImages images) {
        this.height = images.height;
        this.width = images.width;
        this.pixels = images.pixels;
        this.labels = images.labels;
        this.classes = images.classes;
    }

    /**
     * Reads images with labels. The streams are read to their end and not closed.
     *
     * @param images an IDX file of bytes: images, rows, columns
     * @param labels an IDX file of bytes: one label an image
     * @param classes the names of the labels from 0 on; empty to call each label by its number
     * @param name what messages call the set
     * @throws IOException if a stream cannot be read or is not such a file, or if the two do not belong together
     */
    public static IdxImages read(InputStream images, InputStream labels, List<String> classes, String name) throws IOException {
        IdxFile pixels = IdxFile.read(images, 3, name + " (images)");
        IdxFile numbers = IdxFile.read(labels, 1, name + " (labels)");
        if (numbers.values().length != pixels.sizes()[0]) {
            throw new IOException(name + " has " + pixels.sizes()[0] + " images, but " + numbers.values().length + " labels");
        }
        int largest = IntStream.range(0, numbers.values().length).map(i -> numbers.values()[i] & 0xff).max().orElseThrow();
        List<String> names = classes.isEmpty() ? IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList() : classes;
        if (largest >= names.size()) {
            throw new IOException(name + " has the label " + largest + ", but only " + names.size() + " classes, counted from 0");
        }
        return new IdxImages(pixels, numbers.values(), List.copyOf(names));
    }

    /**
     * Reads images without labels. The stream is read to its end and not closed.
     *
     * @param images an IDX file of bytes: images, rows, columns
     * @param name what messages call the set
     * @throws IOException if the stream cannot be read or is not such a file
     */
    public static IdxImages read(InputStream images, String name) throws IOException {
        return new IdxImages(IdxFile.read(images, 3, name + " (images)"), new byte[0], List.of());
    }

    @Override
    public int size() {
        return pixels.length / (height * width);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public ImageData read(int index) {
        int from = index * height * width;
        return new ImageData.Pixels(height, width, 1, Arrays.copyOfRange(pixels, from, from + height * width));
    }

    @Override
    public String id(int index) {
        return Integer.toString(index);
    }

    @Override
    public int label(int index) {
        return labels.length == 0 ? NO_LABEL : labels[index] & 0xff;
    }

    @Override
    public List<String> classes() {
        return classes;
    }
}
