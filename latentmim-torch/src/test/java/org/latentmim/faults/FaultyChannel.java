package org.latentmim.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file of a disk that fails. A write that fails leaves the first half of its bytes. */
final class FaultyChannel extends FileChannel {

    private final FileChannel real;
    private final Fault fault;

    FaultyChannel(FileChannel real, Fault fault) {
        this.real = real;
        this.fault = fault;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int wanted = source.remaining();
        int allowed = fault.write(wanted);
        if (allowed == wanted) {
            return real.write(source);
        }
        real.write(source.slice(source.position(), allowed));
        throw fault.failure();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        fault.change();
        real.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        fault.change();
        real.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        fault.look();
        return real.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        fault.look();
        return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        fault.look();
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException("scattered reads");
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException("gathered writes");
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException("writes at a position");
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("transfers");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException("transfers");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("maps");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException("waiting for a lock");
    }
}
