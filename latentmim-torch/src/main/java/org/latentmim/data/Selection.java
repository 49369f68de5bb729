package org.latentmim.data;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

@Meaning("Which images of a set to use: a range of them, then the first of each class")
public record Selection(
        @Meaning("the first image, counted from 0; the first of the set if left out") OptionalInt from,
        @Meaning("the image to stop before; the end of the set if left out") OptionalInt to,
        @Meaning("how many images of each class, the first ones in the set's order; all if left out") OptionalInt perClass) {

    /** Selects every image. */
    public static final Selection ALL = new Selection(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    public Selection {
        if (from.orElse(0) < 0) {
            throw new IllegalArgumentException("from must be at least 0, but is " + from.getAsInt());
        }
        if (to.isPresent() && to.getAsInt() <= from.orElse(0)) {
            throw new IllegalArgumentException(
                    "to must be more than from, but from is " + from.orElse(0) + " and to is " + to.getAsInt());
        }
        if (perClass.orElse(1) < 1) {
            throw new IllegalArgumentException("per-class must be at least 1, but is " + perClass.getAsInt());
        }
    }

    /**
     * Returns the selected images as a set, in the order that they have: {@code images} itself if nothing is selected.
     *
     * @throws IllegalArgumentException if {@code images} does not have the images that are asked for
     */
    public ImageSet applyTo(ImageSet images) {
        if (equals(ALL)) {
            return images;
        }
        if (from.orElse(0) >= images.size()) {
            throw new IllegalArgumentException(
                    "from is " + from.getAsInt() + ", but there are only " + images.size() + " images, counted from 0");
        }
        if (to.orElse(0) > images.size()) {
            throw new IllegalArgumentException("to is " + to.getAsInt() + ", but there are only " + images.size() + " images");
        }
        int[] range = IntStream.range(from.orElse(0), to.orElse(images.size())).toArray();
        return new SubsetImageSet(images, perClass.isPresent() ? firstOfEachClass(images, range) : range);
    }

    private int[] firstOfEachClass(ImageSet images, int[] range) {
        if (images.classes().isEmpty()) {
            throw new IllegalArgumentException("per-class picks images of each class, but these images have no classes");
        }
        int[] counts = new int[images.classes().size()];
        int[] picked = Arrays.stream(range)
                .filter(index -> images.label(index) != ImageSet.NO_LABEL && counts[images.label(index)]++ < perClass.getAsInt())
                .toArray();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < perClass.getAsInt()) {
                throw new IllegalArgumentException("per-class is " + perClass.getAsInt() + ", but class '"
                        + images.classes().get(i) + "' has only " + counts[i] + " of the " + range.length + " images");
            }
        }
        return picked;
    }
}
