package org.latentmim.checkpoint;

import static org.bytedeco.pytorch.global.torch.empty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Sha256;
import org.latentmim.runtime.UsageException;

/**
 * A file of named tensors in the safetensors format: numbers and a table of contents, no code. An open file is checked as a
 * whole, so that no tensor of it can point outside or share its bytes with another. Thread-safe until it is closed.
 */
public final class Safetensors implements AutoCloseable {

    private static final long LARGEST_HEADER = 100_000_000;
    private static final long PIECE = 1 << 26;
    private static final int ZIP = 0x04034b50; // PK
    private static final short PICKLE = 0x0280; // and its second version

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long data;

    private Safetensors(Path file, FileChannel channel, SafetensorsHeader header, long data) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.data = data;
    }

    /**
     * Opens a file for reading and checks its header.
     *
     * @throws UsageException if there is no such file
     * @throws FailureException if it cannot be read, or is no safetensors file; the message says why
     */
    public static Safetensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("There is no file " + file);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            Safetensors opened = open(file, channel);
            channel = null;
            return opened;
        } catch (SafetensorsHeader.InvalidException e) {
            throw new FailureException(file + " is no safetensors file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new FailureException(file + " cannot be read: " + e.getMessage(), e);
        } finally {
            close(channel, file);
        }
    }

    private static Safetensors open(Path file, FileChannel channel) throws IOException, SafetensorsHeader.InvalidException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new SafetensorsHeader.InvalidException("it has only " + size + " bytes");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        read(channel, length, 0);
        long headerBytes = length.getLong(0);
        if (headerBytes < 0 || headerBytes > LARGEST_HEADER) {
            if (length.getInt(0) == ZIP || length.getShort(0) == PICKLE) {
                throw new SafetensorsHeader.InvalidException(
                        "it looks like torch.save wrote it, which may hold code and is never read; save it as safetensors");
            }
            throw new SafetensorsHeader.InvalidException("its header has " + Long.toUnsignedString(headerBytes)
                    + " bytes, but at most " + LARGEST_HEADER + " are allowed");
        }
        if (headerBytes > size - Long.BYTES) {
            throw new SafetensorsHeader.InvalidException(
                    "its header has " + headerBytes + " bytes, but the file only " + size);
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        read(channel, json, Long.BYTES);
        long data = Long.BYTES + headerBytes;
        return new Safetensors(file, channel, SafetensorsHeader.parse(json.array(), size - data), data);
    }

    /**
     * Writes a file, in place of one that is there. The same tensors and metadata always make the same bytes, whatever their
     * order. A tensor may be on any device and of any strides; no more than one is copied at a time. The file is on the disk when
     * this returns, and nothing is left of it if it fails.
     *
     * @param tensors 64-, 32- or 16-bit floats, 64- or 32-bit integers, bytes or booleans, by name
     * @param metadata texts to keep beside them
     * @return the SHA-256 of the file, in hexadecimal digits
     * @throws IllegalArgumentException if a tensor is of another type, or there is none behind a name
     * @throws FailureException if the file cannot be written
     */
    public static String write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        try {
            return put(file, tensors, metadata);
        } catch (IOException e) {
            throw new FailureException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Writes like {@link #write}, for who says what it is a part of. */
    static String put(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsHeader header = header(tensors, metadata);
        byte[] json = header.bytes();
        Sha256 sum = new Sha256();
        AtomicWrite.file(file, channel -> {
            ByteBuffer head = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
            write(channel, head.putLong(json.length).put(json).flip(), sum);
            for (String name : header.tensors().keySet()) {
                write(channel, tensors.get(name), sum);
            }
        });
        return sum.text();
    }

    /** Returns the names of the tensors, in the order of the file. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** Returns the texts that the file keeps beside its tensors. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Returns the shape of a tensor.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * Returns the type of a tensor's numbers.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public ScalarType type(String name) {
        return entry(name).type().scalarType();
    }

    /**
     * Reads a tensor.
     *
     * @return a tensor on the CPU with memory of its own, in the caller's scope
     * @throws IllegalArgumentException if there is no such tensor
     * @throws FailureException if the file cannot be read
     */
    public Tensor read(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        Tensor tensor;
        try (TensorOptions options = new TensorOptions(entry.type().scalarType())) {
            tensor = empty(entry.shape(), options, null);
        }
        try (PointerScope scope = new PointerScope()) {
            long bytes = entry.end() - entry.begin();
            for (long from = 0; from < bytes; from += PIECE) {
                read(channel, piece(tensor, from, bytes), data + entry.begin() + from);
            }
            return tensor;
        } catch (IOException e) {
            tensor.close();
            throw new FailureException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        close(channel, file);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no tensor '" + name + "' in " + file);
        }
        return entry;
    }

    /** The largest elements come first, so that every tensor begins on a multiple of the size of its elements. */
    private static SafetensorsHeader header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, ElementType> types = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.isNull() || !tensor.defined()) {
                throw new IllegalArgumentException("there is no tensor behind the name '" + name + "'");
            }
            types.put(name, ElementType.of(tensor.scalar_type()).orElseThrow(() -> new IllegalArgumentException(
                    "tensor '" + name + "' is of the type " + tensor.scalar_type().intern().name()
                            + ", which cannot be written")));
        });
        List<String> names = new ArrayList<>(types.keySet());
        names.sort(Comparator.<String, ElementType>comparing(types::get).thenComparing(Comparator.naturalOrder()));
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        long begin = 0;
        for (String name : names) {
            long end = begin + tensors.get(name).numel() * types.get(name).bytes();
            entries.put(name, new SafetensorsHeader.Entry(types.get(name), tensors.get(name).shape(), begin, end));
            begin = end;
        }
        return new SafetensorsHeader(entries, new TreeMap<>(metadata));
    }

    private static void write(FileChannel channel, Tensor tensor, Sha256 sum) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor here = tensor.detach().cpu().contiguous();
            long bytes = here.nbytes();
            for (long from = 0; from < bytes; from += PIECE) {
                write(channel, piece(here, from, bytes), sum);
            }
        }
    }

    /** Sums and writes side by side: each takes about as long as the other. */
    private static void write(FileChannel channel, ByteBuffer buffer, Sha256 sum) throws IOException {
        ByteBuffer summed = buffer.duplicate();
        CompletableFuture<Void> summing = CompletableFuture.runAsync(() -> sum.add(summed));
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            summing.join();
        }
    }

    private static void read(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("it ends at byte " + at);
            }
            at += read;
        }
    }

    private static ByteBuffer piece(Tensor tensor, long from, long bytes) {
        return new BytePointer(tensor.data_ptr()).position(from).limit(Math.min(bytes, from + PIECE)).asByteBuffer();
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
