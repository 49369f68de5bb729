package org.latentmim.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The images of a folder, as the image set {@code folder} finds them. */
final class FolderSource implements PackSource {

    private final FolderImageSet images;
    private int next;

    FolderSource(Path folder) {
        images = new FolderImageSet(new FolderImageSet.Config(folder, 3));
    }

    @Override
    public List<Item> next(int most) {
        int from = next;
        next = Math.min(from + most, images.size());
        return IntStream.range(from, next).mapToObj(i -> new Item(images.id(i), () -> images.read(i))).toList();
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(images.size());
    }

    @Override
    public double share() {
        return next / (double) images.size();
    }

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public void close() {}
}
