package org.latentmim.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

/** Images in memory, some of them unreadable. */
final class ListedImages implements ImageSet {

    private final List<ImageData> images;
    private final Set<Integer> unreadable;

    ListedImages(List<ImageData> images) {
        this(images, Set.of());
    }

    private ListedImages(List<ImageData> images, Set<Integer> unreadable) {
        this.images = images;
        this.unreadable = unreadable;
    }

    /** Returns noise of 12 to 19 by 16 pixels. */
    static ListedImages noise(int count) {
        List<ImageData> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomGenerator random = new Randomness(1).generator(Randomness.Purpose.SAMPLE, 0, i);
            byte[] values = new byte[(12 + i % 8) * 16 * 3];
            random.nextBytes(values);
            images.add(new ImageData.Pixels(12 + i % 8, 16, 3, values));
        }
        return new ListedImages(images);
    }

    ListedImages without(Set<Integer> indices) {
        return new ListedImages(images, indices);
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public ImageData read(int index) throws IOException {
        if (unreadable.contains(index)) {
            throw new IOException("cannot read " + id(index) + ": it is damaged");
        }
        return images.get(index);
    }

    @Override
    public String id(int index) {
        return "image-" + index;
    }
}
