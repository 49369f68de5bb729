package org.latentmim.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** A disk that fails, in front of real files: what {@link #path} returns goes through it. */
public final class FaultyDisk extends FileSystemProvider {

    private final Fault fault;
    private final FileSystemProvider real;
    private final FaultyFileSystem fileSystem;

    private FaultyDisk(Path place, Fault fault) {
        this.fault = fault;
        this.real = place.getFileSystem().provider();
        this.fileSystem = new FaultyFileSystem(this, place.getFileSystem());
    }

    /** Returns a path to a real place through a disk of its own. */
    public static Path path(Path place, Fault fault) {
        return FaultyPath.of(place, new FaultyDisk(place, fault));
    }

    FileSystem fileSystem() {
        return fileSystem;
    }

    private static Path behind(Path path) {
        return (Path) FaultyPath.real(path);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (options.contains(StandardOpenOption.WRITE)) {
            fault.change();
        } else {
            fault.look();
        }
        return new FaultyChannel(real.newFileChannel(behind(path), options, attributes), fault);
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        fault.look();
        DirectoryStream<Path> entries = real.newDirectoryStream(behind(folder), filter);
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> each = entries.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Path next() {
                        return FaultyPath.of(each.next(), FaultyDisk.this);
                    }
                };
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        fault.change();
        real.createDirectory(behind(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        fault.change();
        real.delete(behind(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        fault.change();
        real.copy(behind(source), behind(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        fault.change();
        real.move(behind(source), behind(target), options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        fault.change();
        real.setAttribute(behind(path), attribute, value, options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return real.isSameFile(behind(one), behind(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(behind(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        fault.look();
        return real.getFileStore(behind(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(behind(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(behind(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
        return real.readAttributes(behind(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(behind(path), attributes, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("a disk that fails is made by path()");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("a disk that fails has no addresses");
    }
}
