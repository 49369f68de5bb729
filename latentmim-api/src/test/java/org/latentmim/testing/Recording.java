package org.latentmim.testing;

import static org.bytedeco.pytorch.global.torch.empty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A file of recorded tensors in the safetensors format, read whole. Immutable and thread-safe. */
public final class Recording {

    private record Entry(String type, long[] shape, int start, int end) {}

    private final Path path;
    private final byte[] bytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Recording(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
        int header = Math.toIntExact(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
        Json.object(new String(bytes, Long.BYTES, header, StandardCharsets.UTF_8)).forEach((name, value) -> {
            Map<?, ?> fields = (Map<?, ?>) value;
            if (name.equals("__metadata__")) {
                fields.forEach((key, text) -> metadata.put((String) key, (String) text));
            } else {
                long[] offsets = integers(fields.get("data_offsets"));
                int data = Long.BYTES + header;
                entries.put(name, new Entry((String) fields.get("dtype"), integers(fields.get("shape")),
                        Math.toIntExact(data + offsets[0]), Math.toIntExact(data + offsets[1])));
            }
        });
    }

    /** Reads a file. */
    public static Recording read(Path path) throws IOException {
        return new Recording(path, Files.readAllBytes(path));
    }

    /** Returns the file. */
    public Path path() {
        return path;
    }

    /** Returns the texts that the file keeps beside its tensors. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** Returns the settings under which a model was recorded: strings, doubles, booleans and lists by name. */
    public Map<String, Object> config() {
        return Json.object(metadata.get("config"));
    }

    /** Returns the number {@code key} of the {@link #config}. */
    public double number(String key) {
        return (Double) config().get(key);
    }

    /** Returns the names of the tensors, in the order of the file. */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** Returns the shape of a tensor. */
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /** Returns the numbers of a tensor of any type that the recordings use, in row-major order. */
    public double[] doubles(String name) {
        Entry entry = entry(name);
        ByteBuffer data = ByteBuffer.wrap(bytes, entry.start(), entry.end() - entry.start()).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[count(entry.shape())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.type()) {
                case "F64" -> data.getDouble();
                case "F32" -> data.getFloat();
                case "I64" -> data.getLong();
                case "I32" -> data.getInt();
                case "U8" -> data.get() & 0xff;
                default -> throw new IllegalArgumentException("recordings hold no " + entry.type());
            };
        }
        return values;
    }

    /** Returns the bytes of a tensor as they stand in the file. */
    public byte[] bytes(String name) {
        return Arrays.copyOfRange(bytes, entry(name).start(), entry(name).end());
    }

    /** Returns the only number of a tensor. */
    public double scalar(String name) {
        double[] values = doubles(name);
        if (values.length != 1) {
            throw new IllegalArgumentException(name + " holds " + values.length + " numbers");
        }
        return values[0];
    }

    /** Returns a tensor of its own type on the CPU, in the caller's scope. */
    public Tensor tensor(String name) {
        Entry entry = entry(name);
        ScalarType type = switch (entry.type()) {
            case "F64" -> ScalarType.Double;
            case "F32" -> ScalarType.Float;
            case "I64" -> ScalarType.Long;
            case "I32" -> ScalarType.Int;
            case "U8" -> ScalarType.Byte;
            default -> throw new IllegalArgumentException("recordings hold no " + entry.type());
        };
        Tensor tensor = empty(entry.shape(), new TensorOptions(type), null);
        new BytePointer(tensor.data_ptr()).put(bytes, entry.start(), entry.end() - entry.start());
        return tensor;
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new NoSuchElementException(path + " has no tensor " + name);
        }
        return entry;
    }

    private static int count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return Math.toIntExact(count);
    }

    private static long[] integers(Object list) {
        return ((List<?>) list).stream().mapToLong(number -> ((Double) number).longValue()).toArray();
    }
}
