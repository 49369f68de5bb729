package org.latentmim.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lays out a packed file, as {@link PackedImageSet} reads it: image after image as they come, then the index, by path. */
final class PackedFileWriter {

    private record Image(long offset, int length, int checksum, int height, int width, String path) {}

    private final FileChannel channel;
    private final List<Image> images = new ArrayList<>();

    PackedFileWriter(FileChannel channel) throws IOException {
        this.channel = channel;
        channel.position(PackedImageSet.START);
    }

    int images() {
        return images.size();
    }

    void append(String path, int height, int width, byte[] bytes) throws IOException {
        images.add(new Image(channel.position(), bytes.length, PackedImageSet.checksum(bytes), height, width, path));
        writeAll(ByteBuffer.wrap(bytes));
    }

    /**
     * Writes what makes the file one.
     *
     * @param prefix left out of each path
     */
    void finish(PackFormat format, int channels, FolderClasses classes, String prefix) throws IOException {
        List<PackIndex.Entry> entries = images.stream()
                .sorted(Comparator.comparing(Image::path))
                .map(image -> entry(image, image.path().substring(prefix.length()), classes))
                .toList();
        byte[] index = new PackIndex(format, channels, classes.names(), entries).toBytes();
        long offset = channel.position();
        writeAll(ByteBuffer.wrap(index));
        channel.position(0);
        writeAll(ByteBuffer.allocate(PackedImageSet.START).put(PackedImageSet.MAGIC).putLong(offset).putInt(index.length)
                .putInt(PackedImageSet.checksum(index)).flip());
    }

    private static PackIndex.Entry entry(Image image, String id, FolderClasses classes) {
        return new PackIndex.Entry(
                image.offset(), image.length(), image.checksum(), image.height(), image.width(), classes.label(id), id);
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
