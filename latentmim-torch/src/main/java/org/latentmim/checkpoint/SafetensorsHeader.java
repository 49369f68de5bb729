package org.latentmim.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of contents of a file. A header that was read holds only what is true of its file: known types, shapes that fit their
 * bytes, and tensors that cover the data without an overlap or a hole.
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

    private static final String METADATA = "__metadata__";
    private static final int MOST_SIZES = 64; // beyond which torch fails
    /** Enough for a hundred thousand tensors, so that what is read takes no more than some hundred MiB. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(3).maxTokenCount(2_000_000).maxNameLength(1000).build();
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Where a tensor lies, in bytes from the end of the header. */
    record Entry(ElementType type, long[] shape, long begin, long end) {}

    /** The reason why bytes are no header. */
    static final class InvalidException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidException(String message) {
            super(message);
        }
    }

    static SafetensorsHeader parse(byte[] json, long dataBytes) throws InvalidException {
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object(json).properties()) {
            if (field.getKey().equals(METADATA)) {
                check(field.getValue().isObject(), "its metadata is no JSON object");
                for (Map.Entry<String, JsonNode> text : field.getValue().properties()) {
                    check(text.getValue().isTextual(), "the metadata '" + text.getKey() + "' is no text");
                    metadata.put(text.getKey(), text.getValue().textValue());
                }
            } else {
                tensors.put(field.getKey(), entry(field.getKey(), field.getValue(), dataBytes));
            }
        }
        covers(tensors, dataBytes);
        return new SafetensorsHeader(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
    }

    /** Returns the header as a file has it, filled up with spaces so that the data begins on a multiple of 8. */
    byte[] bytes() {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        tensors.forEach((name, entry) -> {
            ObjectNode tensor = root.putObject(name).put("dtype", entry.type().name());
            Arrays.stream(entry.shape()).forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        try {
            byte[] json = JSON.writeValueAsBytes(root);
            byte[] padded = Arrays.copyOf(json, (json.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
            Arrays.fill(padded, json.length, padded.length, (byte) ' ');
            return padded;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always JSON", e);
        }
    }

    private static JsonNode object(byte[] json) throws InvalidException {
        try {
            JsonNode root = JSON.readTree(json);
            check(root.isObject(), "its header is no JSON object");
            return root;
        } catch (StreamConstraintsException e) {
            throw new InvalidException("its header is beyond what a model needs: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidException("its header is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidException("its header is no text: " + e.getMessage());
        }
    }

    private static Entry entry(String name, JsonNode node, long dataBytes) throws InvalidException {
        String tensor = "tensor '" + name + "' ";
        check(node.isObject(), tensor + "is not described by a JSON object");
        String dtype = node.path("dtype").asText();
        ElementType type = ElementType.named(dtype)
                .orElseThrow(() -> new InvalidException(tensor + "has the unknown type '" + dtype + "'"));
        long[] shape = integers(node.path("shape"), tensor + "has a shape");
        long[] offsets = integers(node.path("data_offsets"), tensor + "has offsets");
        check(offsets.length == 2, tensor + "has " + offsets.length + " offsets in place of two");
        check(offsets[0] <= offsets[1], tensor + "ends before it begins");
        check(offsets[1] <= dataBytes,
                tensor + "ends at byte " + offsets[1] + " of the data, of which the file has " + dataBytes);
        check(shape.length <= MOST_SIZES, tensor + "has " + shape.length + " sizes, but a tensor has at most " + MOST_SIZES);
        long bytes = bytes(tensor, type, shape);
        check(bytes == offsets[1] - offsets[0], tensor + "has " + (offsets[1] - offsets[0]) + " bytes, but " + dtype + " "
                + Arrays.toString(shape) + " takes " + bytes);
        return new Entry(type, shape, offsets[0], offsets[1]);
    }

    /** No empty size makes up for the others: torch multiplies those too. */
    private static long bytes(String tensor, ElementType type, long[] shape) throws InvalidException {
        long bytes = type.bytes();
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, Math.max(1, size));
            }
        } catch (ArithmeticException e) {
            throw new InvalidException(tensor + "has the shape " + Arrays.toString(shape) + ", which no file can hold");
        }
        return Arrays.stream(shape).anyMatch(size -> size == 0) ? 0 : bytes;
    }

    private static long[] integers(JsonNode node, String what) throws InvalidException {
        check(node.isArray(), what + " that is no list");
        long[] integers = new long[node.size()];
        for (int i = 0; i < integers.length; i++) {
            JsonNode number = node.get(i);
            check(number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0,
                    what + " with the number " + number);
            integers[i] = number.longValue();
        }
        return integers;
    }

    private static void covers(Map<String, Entry> tensors, long dataBytes) throws InvalidException {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(tensor -> tensor.getValue().begin())
                .thenComparingLong(tensor -> tensor.getValue().end()));
        long covered = 0;
        for (Map.Entry<String, Entry> tensor : inOrder) {
            long begin = tensor.getValue().begin();
            check(begin >= covered, "tensor '" + tensor.getKey() + "' overlaps the tensor before it");
            check(begin == covered, "no tensor holds the bytes from " + covered + " to " + begin + " of the data");
            covered = tensor.getValue().end();
        }
        check(covered == dataBytes, "no tensor holds the bytes from " + covered + " to " + dataBytes + " of the data");
    }

    private static void check(boolean holds, String otherwise) throws InvalidException {
        if (!holds) {
            throw new InvalidException(otherwise);
        }
    }
}
