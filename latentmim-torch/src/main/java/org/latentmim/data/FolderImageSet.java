package org.latentmim.data;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.latentmim.spi.Default;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Meaning;

/**
 * One image file, or those of a folder and its sub-folders, sorted by their path with {@code /} between the names. If all of
 * them lie in sub-folders, the first folder on an image's path is its class. Links are followed; names that start with a dot are
 * skipped.
 */
final class FolderImageSet implements ImageSet {

    @Meaning("The image files of a folder, or one file; sub-folders are the classes if every image lies in one")
    record Config(
            @Meaning("the folder, or one image file") Path path,
            @Meaning("values of a pixel: 3 for colour, 1 for grey") @Default("3") int channels) {

        Config {
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("channels must be 1 or 3, but is " + channels);
            }
        }
    }

    private static final char UNKNOWN_LETTER = '\ufffd'; // what Java reads in place of bytes that are no letters
    private static final int LARGEST_FILE = 1 << 29; // as many bytes as the largest image has when decoded

    private final Path folder;
    private final int channels;
    private final List<String> ids;
    private final FolderClasses classes;

    @Inject
    FolderImageSet(Config config) {
        boolean isOne = isImageFile(config.path());
        folder = isOne ? config.path().toAbsolutePath().getParent() : config.path();
        channels = config.channels();
        ids = isOne ? List.of(config.path().getFileName().toString()) : find(folder);
        classes = FolderClasses.of(ids);
    }

    @Override
    public int size() {
        return ids.size();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public ImageData read(int index) throws IOException {
        String id = id(index);
        try {
            return new ImageData.Encoded(read(id));
        } catch (IOException e) {
            throw new IOException("cannot read " + folder + folder.getFileSystem().getSeparator() + id + ": " + Reason.of(e), e);
        }
    }

    private byte[] read(String id) throws IOException {
        if (id.indexOf(UNKNOWN_LETTER) >= 0) {
            throw new IOException("its name is not in the system's encoding, " + System.getProperty("sun.jnu.encoding")
                    + "; rename it, or start Java with LC_ALL=C.UTF-8");
        }
        Path file = folder.resolve(id);
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new IOException("it has " + size + " bytes, and an image has at most " + LARGEST_FILE);
        }
        return Files.readAllBytes(file);
    }

    @Override
    public String id(int index) {
        return ids.get(index);
    }

    @Override
    public int label(int index) {
        return classes.label(id(index));
    }

    @Override
    public List<String> classes() {
        return classes.names();
    }

    private static boolean isImageFile(Path path) {
        return Files.isRegularFile(path) && ImageNames.endsAsImage(path.getFileName().toString());
    }

    private static List<String> find(Path folder) {
        if (!Files.exists(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder, new NoSuchFileException(folder.toString()));
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is neither a folder nor an image ("
                    + ImageNames.endings() + ")");
        }
        List<String> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(folder, found));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(ImageNames.noneIn(folder));
        }
        Collections.sort(found);
        return List.copyOf(found);
    }

    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Path folder;
        private final List<String> found;

        Finder(Path folder, List<String> found) {
            this.folder = folder;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            boolean skip = !visited.equals(folder) && visited.getFileName().toString().startsWith(".");
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A link that leads nowhere counts: that it cannot be read must come to light.
            String path = folder.relativize(file).toString().replace(folder.getFileSystem().getSeparator(), "/");
            if ((attributes.isRegularFile() || attributes.isSymbolicLink()) && ImageNames.isImage(path)) {
                found.add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException exception) throws IOException {
            if (exception instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw new IOException(file + ": " + Reason.of(exception), exception);
        }
    }
}
