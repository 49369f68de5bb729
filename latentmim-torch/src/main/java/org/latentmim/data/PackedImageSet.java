package org.latentmim.data;

import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

/**
 * The images of one file that {@link ImagePacker} wrote, mapped into memory. It starts with {@link #MAGIC}, the place, length and
 * checksum of its index; then come the images, then the {@link PackIndex}. Numbers are big-endian.
 */
final class PackedImageSet implements ImageSet {

    @Meaning("The images of one file, written by latentmim pack")
    record Config(@Meaning("the file") Path path) {}

    static final byte[] MAGIC = {'l', 'a', 't', 'e', 'n', 't', 'm', 'i', 'm', '-', 'p', 'a', 'c', 'k', '-', '1'};
    static final int START = MAGIC.length + Long.BYTES + 2 * Integer.BYTES;
    private static final long WINDOW_STEP = PackIndex.LARGEST_IMAGE;

    private final Path file;
    private final PackIndex index;
    private final List<MappedByteBuffer> windows = new ArrayList<>();

    @Inject
    PackedImageSet(Config config) {
        file = config.path();
        try (FileChannel channel = FileChannel.open(file)) {
            index = readIndex(channel);
            // Mappings end at 2 GiB. These begin at every GiB, so that each image lies within one.
            for (long from = 0; from < channel.size(); from += WINDOW_STEP) {
                long length = Math.min(channel.size() - from, Integer.MAX_VALUE);
                windows.add(channel.map(FileChannel.MapMode.READ_ONLY, from, length));
            }
        } catch (EOFException | UTFDataFormatException e) {
            throw new IllegalArgumentException(file + " is damaged: its index is cut off", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    @Override
    public int size() {
        return index.entries().size();
    }

    @Override
    public int channels() {
        return index.channels();
    }

    @Override
    public ImageData read(int image) throws IOException {
        PackIndex.Entry entry = index.entries().get(image);
        byte[] bytes = new byte[entry.length()];
        long window = entry.offset() / WINDOW_STEP;
        windows.get((int) window).get((int) (entry.offset() - window * WINDOW_STEP), bytes);
        if (checksum(bytes) != entry.checksum()) {
            throw new IOException("cannot read " + entry.id() + " of " + file + ": its checksum is another; pack it again");
        }
        return switch (index.format()) {
            case RAW -> new ImageData.Pixels(entry.height(), entry.width(), index.channels(), bytes);
            case JPEG -> new ImageData.Encoded(bytes);
        };
    }

    @Override
    public String id(int image) {
        return index.entries().get(image).id();
    }

    @Override
    public int label(int image) {
        return index.entries().get(image).label();
    }

    @Override
    public List<String> classes() {
        return index.classes();
    }

    /** CRC-32, for which every compiler of the JVM has an instruction; CRC-32C is slow in the quick one. */
    static int checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    private static PackIndex readIndex(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(read(channel, 0, (int) Math.min(START, channel.size())));
        if (start.capacity() < START || !Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("it is no packed file");
        }
        long offset = start.getLong(MAGIC.length);
        int length = start.getInt(MAGIC.length + Long.BYTES);
        if (offset < START || length < 0 || offset != channel.size() - length) {
            throw new IOException("it has " + channel.size() + " bytes, but its index would be " + length
                    + " bytes at " + offset);
        }
        byte[] bytes = read(channel, offset, length);
        if (checksum(bytes) != start.getInt(START - Integer.BYTES)) {
            throw new IOException("the checksum of its index is another; pack it again");
        }
        return PackIndex.read(bytes, START, offset);
    }

    private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.array();
    }
}
