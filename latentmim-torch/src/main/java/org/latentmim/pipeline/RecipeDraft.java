package org.latentmim.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentmim.runtime.UsageException;

/**
 * A recipe in the making, from Java: its keys are those of a YAML recipe, maps are {@link Map}s, lists are {@link List}s, and all
 * else is text, numbers and booleans. Immutable.
 *
 * <pre>{@code
 * Recipe recipe = RecipeDraft.EMPTY
 *         .with("masking", Map.of("name", "random", "visible", 20))
 *         .with("losses.0.temperature", 0.1)
 *         ...
 *         .recipe(Catalogue.find());
 * }</pre>
 */
public final class RecipeDraft {

    private static final Source SOURCE = Source.phrase("the recipe", Path.of(""));

    /** A recipe without keys. */
    public static final RecipeDraft EMPTY = new RecipeDraft(new Value.Keys(SOURCE.line(0), Map.of()));

    private final Value.Keys keys;

    private RecipeDraft(Value.Keys keys) {
        this.keys = keys;
    }

    /** Returns a draft with all keys of a recipe. */
    public static RecipeDraft of(Recipe recipe) {
        return new RecipeDraft((Value.Keys) YamlReader.parse(recipe.toYaml(), SOURCE));
    }

    /**
     * Returns the draft with another value, as {@code --set path=value} has it: a map is laid over the one that is there, unless
     * it names another component; all else takes its place.
     *
     * @param path keys joined by dots; a number picks from a list
     * @throws UsageException if the path does not fit, or the value is nothing that a recipe can hold
     */
    public RecipeDraft with(String path, Object value) {
        if (!CommandLineOverride.isPath(path)) {
            throw new UsageException("'" + path + "' is not the path of a key, such as train.epochs.");
        }
        return new RecipeDraft(CommandLineOverride.of(path, value(value)).applyTo(keys));
    }

    /**
     * Returns the recipe.
     *
     * @param catalogue what it can name
     * @throws UsageException with all mistakes
     */
    public Recipe recipe(Catalogue catalogue) {
        Problems problems = new Problems();
        var bound = new RecordBinder(catalogue, problems).bind(Recipe.class, keys, "");
        problems.throwIfAny(SOURCE.name());
        return bound.orElseThrow();
    }

    private static Value value(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Value> values = new LinkedHashMap<>();
            map.forEach((key, each) -> values.put(key.toString(), value(each)));
            return new Value.Keys(SOURCE.line(0), values);
        }
        if (value instanceof List<?> list) {
            List<Value> values = new ArrayList<>();
            list.forEach(each -> values.add(value(each)));
            return new Value.Items(SOURCE.line(0), values);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return new Value.Scalar(SOURCE.line(0), value.toString(), false);
        }
        if (value instanceof String || value instanceof Path) {
            return new Value.Scalar(SOURCE.line(0), value.toString(), true);
        }
        throw new UsageException("A recipe holds maps, lists, text, numbers and booleans, but not " + value + ".");
    }
}
