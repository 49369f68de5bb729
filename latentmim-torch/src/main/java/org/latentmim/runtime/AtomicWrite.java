package org.latentmim.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes files and folders beside their place and renames them into it, so that a reader sees all of one or nothing. */
public final class AtomicWrite {

    private static final String UNFINISHED = ".unfinished";

    /** Fills what is being written. */
    @FunctionalInterface
    public interface Content<T> {
        void writeTo(T place) throws IOException;
    }

    private AtomicWrite() {}

    /** Writes a file that is on the disk when this returns, in place of one that is there. */
    public static void file(Path file, Content<FileChannel> content) throws IOException {
        Path beside = beside(file);
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Writes a file of these bytes in the same way. */
    public static void file(Path file, byte[] bytes) throws IOException {
        file(file, channel -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
    }

    /** Writes a folder, in place of one that is there. */
    public static void folder(Path folder, Content<Path> content) throws IOException {
        Path beside = beside(folder);
        Path replaced = beside(folder);
        try {
            Files.createDirectories(beside);
            content.writeTo(beside);
            force(beside);
            boolean replaces = Files.exists(folder);
            if (replaces) {
                Files.move(folder, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (replaces) {
                    Files.move(replaced, folder, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
            force(folder.toAbsolutePath().getParent());
        } finally {
            delete(beside);
        }
        delete(replaced);
    }

    /** Deletes a folder with all that is in it, where there is one. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.walk(folder)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }

    /** Deletes a folder so that a reader sees all of it or nothing. */
    public static void remove(Path folder) throws IOException {
        Path beside = beside(folder);
        Files.move(folder, beside, StandardCopyOption.ATOMIC_MOVE);
        delete(beside);
    }

    /** Deletes what writes that were cut off left in a folder. Nobody else may be writing there. */
    public static void sweep(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(AtomicWrite::isUnfinished).toList()) {
                delete(entry);
            }
        }
    }

    /** Returns whether a file or folder is not in its place yet, or not any more. */
    public static boolean isUnfinished(Path place) {
        String name = place.getFileName().toString();
        return name.startsWith(".") && name.endsWith(UNFINISHED);
    }

    private static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    }

    /** Makes the entries of a folder last; where folders cannot be opened, as on Windows, the system sees to it. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
