package org.latentmim.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.latentmim.runtime.UsageException;

/**
 * One {@code --set path=value} of the command line, or one value of a grid: acts like a recipe that extends the one read and has
 * only this key. A number in the path picks from a list.
 */
final class CommandLineOverride {

    private final Position at;
    private final List<String> path;
    private final Value value;

    private CommandLineOverride(Position at, List<String> path, Value value) {
        this.at = at;
        this.path = path;
        this.value = value;
    }

    /**
     * @throws UsageException if the text is not {@code path=value}
     */
    static CommandLineOverride parse(String text) {
        Source source = Source.phrase("--set " + text, Path.of(""));
        int equals = text.indexOf('=');
        if (equals < 0 || !isPath(text.substring(0, equals))) {
            throw new UsageException(source.name() + " must look like path.to.key=value, such as --set train.epochs=5.");
        }
        return of(text.substring(0, equals), YamlReader.parse(text.substring(equals + 1), source));
    }

    /** Lays a value over the key that a path names. */
    static CommandLineOverride of(String path, Value value) {
        return new CommandLineOverride(value.at(), List.of(path.split("\\.")), value);
    }

    /** Returns whether a text names a key, such as {@code losses.0.temperature}. */
    static boolean isPath(String text) {
        return text.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*");
    }

    /**
     * @throws UsageException if the path does not fit the recipe
     */
    Value.Keys applyTo(Value.Keys recipe) {
        return Inheritance.recipes(recipe, key(0, over(recipe.values().get(path.get(0)), 1)));
    }

    private Value over(Value base, int depth) {
        if (depth == path.size()) {
            return value;
        }
        String key = path.get(depth);
        if (base instanceof Value.Items list) {
            return item(list, key, depth);
        }
        return key(depth, over(base instanceof Value.Keys map ? map.values().get(key) : null, depth + 1));
    }

    private Value item(Value.Items list, String key, int depth) {
        int size = list.values().size();
        if (!key.matches("[0-9]{1,6}") || Integer.parseInt(key) >= size) {
            throw refused(depth, "is a list of " + size + ", so that '" + key + "' must be a number below " + size);
        }
        int index = Integer.parseInt(key);
        Value before = list.values().get(index);
        Value after = over(before, depth + 1);
        List<Value> values = new ArrayList<>(list.values());
        values.set(index, Inheritance.merge(before, after));
        return new Value.Items(list.at(), Collections.unmodifiableList(values));
    }

    private Value.Keys key(int depth, Value child) {
        return new Value.Keys(at, Map.of(path.get(depth), child));
    }

    private UsageException refused(int depth, String reason) {
        return new UsageException(at + ": " + String.join(".", path.subList(0, depth)) + " " + reason + ".");
    }
}
