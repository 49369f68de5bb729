package org.latentmim.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/** The right to write to the folder of a run, for one process at a time. The system takes it back however the process ends. */
public final class RunLock implements AutoCloseable {

    static final String FILE = ".lock";

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a run.
     *
     * @param folder of the run, which is there
     * @throws UsageException if another process has it, or another run of this one
     * @throws FailureException if the file system has no locks
     */
    public static RunLock take(Path folder) {
        Path file = folder.resolve(FILE);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new UsageException("The run in " + folder + " is being trained by another process" + holder(channel)
                        + ". Wait until it ends, or stop it.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
            RunLock taken = new RunLock(file, channel);
            channel = null;
            return taken;
        } catch (IOException e) {
            throw new FailureException(file + " cannot be locked: " + e.getMessage(), e);
        } finally {
            close(channel, file);
        }
    }

    @Override
    public void close() {
        close(channel, file);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another run of this process has it
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return text.matches("\\d+") ? ", number " + text : "";
    }

    private static void close(FileChannel channel, Path file) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new FailureException(file + " cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
