package org.latentmim.embedding;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Lets Parquet write to an open channel, which stays open. */
record ChannelOutputFile(FileChannel channel) implements OutputFile {

    private static final int BUFFER = 1 << 16;

    @Override
    public PositionOutputStream create(long blockSize) {
        return new Positioned(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private static final class Positioned extends PositionOutputStream {

        private final OutputStream to;
        private long position;

        Positioned(OutputStream to) {
            this.to = to;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            to.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
