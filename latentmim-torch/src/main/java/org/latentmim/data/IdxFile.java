package org.latentmim.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * An array of bytes in the IDX format of MNIST.
 *
 * @param sizes the size of each dimension
 * @param values the last dimension side by side
 */
record IdxFile(int[] sizes, byte[] values) {

    private static final int UNSIGNED_BYTES = 0x0800;

    /** Reads a file, compressed by gzip or not, and does not close the stream. */
    static IdxFile read(InputStream stream, int dimensions, String name) throws IOException {
        try {
            return parse(new DataInputStream(decompressed(stream)), dimensions, name);
        } catch (EOFException e) {
            throw new IOException(name + " is cut off", e);
        }
    }

    private static InputStream decompressed(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered) : buffered;
    }

    private static IdxFile parse(DataInputStream in, int dimensions, String name) throws IOException {
        int magic = in.readInt();
        if (magic != UNSIGNED_BYTES + dimensions) {
            throw new IOException(String.format("%s is not an IDX file of bytes in %dD: it starts with %08x, not with %08x",
                    name, dimensions, magic, UNSIGNED_BYTES + dimensions));
        }
        int[] sizes = new int[dimensions];
        long length = 1;
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = in.readInt();
            if (sizes[i] < 1 || length * sizes[i] > Integer.MAX_VALUE - 8) {
                throw new IOException(name + " is damaged or too large: a size is " + sizes[i]);
            }
            length *= sizes[i];
        }
        // What is read grows by pieces and is put together at the end, which takes it twice.
        if (length > Runtime.getRuntime().maxMemory() / 2) {
            throw new IOException(name + " would have " + length + " values, for which Java has too little memory; -Xmx"
                    + " gives it more");
        }
        byte[] values = in.readNBytes((int) length);
        if (values.length < length) {
            throw new IOException(name + " is cut off: it should have " + length + " values, but has " + values.length);
        }
        if (in.read() >= 0) {
            throw new IOException(name + " is damaged: it goes on after its " + length + " values");
        }
        return new IdxFile(sizes, values);
    }
}
