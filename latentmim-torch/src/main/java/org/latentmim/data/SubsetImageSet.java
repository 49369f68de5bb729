package org.latentmim.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;

/** Some images of another set, under its classes. */
public final class SubsetImageSet implements ImageSet {

    private final ImageSet images;
    private final int[] indices;

    /**
     * @param indices of the images, in the order that they shall have. Not copied
     */
    public SubsetImageSet(ImageSet images, int[] indices) {
        this.images = images;
        this.indices = indices;
    }

    /**
     * Returns as many of the indices below {@code count}, evenly spaced: of images in the order of their classes some of each.
     *
     * @param many at most {@code count}
     */
    public static int[] evenly(int count, int many) {
        return IntStream.range(0, many).map(i -> (int) ((2L * i + 1) * count / (2L * many))).toArray();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int channels() {
        return images.channels();
    }

    @Override
    public ImageData read(int index) throws IOException {
        return images.read(indices[index]);
    }

    @Override
    public String id(int index) {
        return images.id(indices[index]);
    }

    @Override
    public int label(int index) {
        return images.label(indices[index]);
    }

    @Override
    public List<String> classes() {
        return images.classes();
    }

    @Override
    public Optional<LabelMap> labelMap(int index) throws IOException {
        return images.labelMap(indices[index]);
    }
}
