package org.latentmim.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.latentmim.spi.ImageData;

/**
 * The images of a tar, compressed by gzip or not, read from front to back. Nothing is written to the disk, and no more than a few
 * images are in memory. The folders that all of them lie in are left out of their paths.
 */
final class TarSource implements PackSource {

    /** An image file that is larger is left out. */
    static final int LARGEST_FILE = 1 << 28;

    private static final int LONGEST_PATH = 4096;
    private static final int BYTES_AT_ONCE = 1 << 26;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long bytes;
    private final TarArchiveInputStream tar;
    private String prefix;

    TarSource(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file);
        try {
            bytes = channel.size();
            tar = new TarArchiveInputStream(plain(new BufferedInputStream(Channels.newInputStream(channel), BUFFER)));
        } catch (IOException e) {
            channel.close();
            throw damaged(e);
        }
    }

    @Override
    public List<Item> next(int most) throws IOException {
        List<Item> items = new ArrayList<>();
        long held = 0;
        while (items.size() < most && held < BYTES_AT_ONCE) {
            TarArchiveEntry entry = advance();
            if (entry == null) {
                break;
            }
            String path = path(entry.getName());
            if (!entry.isDirectory() && ImageNames.isImage(path)) {
                prefix = prefix == null ? folder(path) : shared(prefix, path);
                byte[] read = isReadable(entry) ? content() : new byte[0];
                held += read.length;
                items.add(new Item(path, read.length > 0 ? () -> new ImageData.Encoded(read) : unreadable(entry, path)));
            }
        }
        return items;
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.empty();
    }

    @Override
    public double share() throws IOException {
        return bytes == 0 ? 1 : channel.position() / (double) bytes;
    }

    @Override
    public String prefix() {
        return prefix == null ? "" : prefix;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static InputStream plain(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return compressed ? new GZIPInputStream(in, BUFFER) : in;
    }

    private TarArchiveEntry advance() throws IOException {
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw new IOException("a checksum is another");
            }
            return entry;
        } catch (IOException | IllegalArgumentException e) { // the latter for numbers that are none
            throw damaged(e);
        }
    }

    private byte[] content() throws IOException {
        try {
            return tar.readAllBytes();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(Exception e) {
        return new IOException("cannot read " + file + ": it is no tar, or a damaged one (" + e.getMessage() + ")", e);
    }

    /** A link counts as a file to commons-compress. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse();
    }

    private static boolean isReadable(TarArchiveEntry entry) {
        return isPlainFile(entry) && entry.getSize() <= LARGEST_FILE;
    }

    private Content unreadable(TarArchiveEntry entry, String path) {
        String reason = !isPlainFile(entry) ? "it is a link, or no plain file"
                : entry.getSize() == 0 ? "it is empty"
                : "its " + entry.getSize() + " bytes are more than " + LARGEST_FILE;
        return () -> {
            throw new IOException("cannot read " + path + " of " + file + ": " + reason);
        };
    }

    /** Nothing is written where a path leads, but one that leads out of the archive shows that it is not what it seems. */
    private String path(String name) throws IOException {
        List<String> names = Arrays.stream(name.split("/")).filter(part -> !part.equals(".")).toList();
        if (name.startsWith("/") || names.contains("..") || name.length() > LONGEST_PATH) {
            String shown = name.length() > LONGEST_PATH ? name.substring(0, LONGEST_PATH) + " ..." : name;
            throw new IOException("cannot read " + file + ": it names " + shown + ", which cannot lie inside of it");
        }
        return String.join("/", names);
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String shared(String prefix, String path) {
        String common = prefix;
        while (!path.startsWith(common)) {
            common = folder(common.substring(0, common.length() - 1));
        }
        return common;
    }
}
