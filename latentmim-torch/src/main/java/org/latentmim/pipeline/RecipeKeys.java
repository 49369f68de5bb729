package org.latentmim.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/** A recipe as plain values by their paths, such as {@code losses.0.weight}; what it names need not be there. */
public final class RecipeKeys {

    private RecipeKeys() {}

    /**
     * Reads the keys of a file, in its order.
     *
     * @throws UsageException if what it holds is no YAML for us
     * @throws FailureException if it cannot be read
     */
    public static Map<String, String> read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return flat(YamlReader.read(stream, Source.file(file.toString(), file.getParent())));
        } catch (IOException e) {
            throw new FailureException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the keys of a record as the recipe has them, defaults filled in. */
    static Map<String, String> of(Record record) {
        return flat(YamlReader.parse(RecipeWriter.write(record), Source.phrase("the recipe", Path.of(""))));
    }

    private static Map<String, String> flat(Value value) {
        Map<String, String> values = new LinkedHashMap<>();
        flatten("", value, values);
        return Collections.unmodifiableMap(values);
    }

    private static void flatten(String path, Value value, Map<String, String> values) {
        String before = path.isEmpty() ? "" : path + ".";
        if (value instanceof Value.Keys keys) {
            keys.values().forEach((key, item) -> flatten(before + key, item, values));
        } else if (value instanceof Value.Items items) {
            for (int i = 0; i < items.values().size(); i++) {
                flatten(before + i, items.values().get(i), values);
            }
        } else if (value instanceof Value.Scalar scalar) {
            values.put(path, scalar.text());
        }
    }
}
