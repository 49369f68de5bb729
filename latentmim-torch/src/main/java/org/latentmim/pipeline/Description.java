package org.latentmim.pipeline;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentmim.spi.Component;
import org.latentmim.spi.Meaning;

/**
 * What a recipe can choose in one place.
 *
 * @param spi the place in words, such as {@code mask sampler}
 * @param components sorted by name
 */
public record Description(String spi, List<Entry> components) {

    /**
     * A component.
     *
     * @param plugin the simple name of the plugin class that offers it
     * @param keys its own keys, those of nested maps after them with the path in their name
     * @param frameworkKeys the keys that the framework adds to every component of this SPI
     */
    public record Entry(String name, String meaning, String plugin, List<Key> keys, List<Key> frameworkKeys) {}

    /**
     * A key of a recipe.
     *
     * @param name such as {@code mask-ratio}, {@code momentum.from} or, in a list, {@code steps.N.size}
     * @param type in words, such as {@code a whole number}
     * @param standard the default as YAML text, or {@code required} or {@code optional}
     */
    public record Key(String name, String type, String standard, String meaning) {}

    static Entry entry(Component<?> component, Class<?> plugin) {
        Class<?> described = component.config() == Component.NoKeys.class ? component.implementation() : component.config();
        Meaning meaning = described.getAnnotation(Meaning.class);
        return new Entry(
                component.name(),
                meaning == null ? "" : meaning.value(),
                plugin.getSimpleName(),
                keys(component.config()),
                keys(frameworkKeys(component.spi())));
    }

    /**
     * Returns the keys of a record, such as {@link Recipe} itself, and of the records in it.
     *
     * @throws IllegalArgumentException if a recipe cannot hold one of them; the message follows "has"
     */
    public static List<Key> keys(Class<? extends Record> type) {
        List<Key> keys = new ArrayList<>();
        add(type, "", List.of(), keys);
        return List.copyOf(keys);
    }

    private static void add(Class<? extends Record> type, String prefix, List<Class<?>> around, List<Key> keys) {
        List<Class<?>> within = Stream.concat(around.stream(), Stream.of(type)).toList();
        for (RecordKey key : RecordKey.of(type)) {
            String name = prefix + key.name();
            String words = TypeWords.find(key.type()).orElseThrow(() -> new IllegalArgumentException("the key '" + name
                    + "' of type " + key.type().getTypeName() + ", which a recipe cannot hold: it holds " + TypeWords.ALL));
            String standard = key.standard().orElse(key.empty().isPresent() ? "optional" : "required");
            keys.add(new Key(name, words, standard, key.meaning()));
            inner(key.type(), name)
                    .filter(inner -> !within.contains(inner.type()))
                    .ifPresent(inner -> add(inner.type(), inner.path() + ".", within, keys));
        }
    }

    private record Inner(Class<? extends Record> type, String path) {}

    /** The record in a key, also one that is optional or in a list, and the path to its keys. */
    private static Optional<Inner> inner(Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return inner(argument, path + ".N");
            }
            return generic.getRawType() == Optional.class ? inner(argument, path) : Optional.empty();
        }
        return type instanceof Class<?> plain && plain.isRecord()
                ? Optional.of(new Inner(plain.asSubclass(Record.class), path))
                : Optional.empty();
    }

    /** Returns the record of the keys that {@link Recipe} adds to the components of an SPI. */
    static Class<? extends Record> frameworkKeys(Class<?> spi) {
        return frameworkKeys(Recipe.class, spi).orElse(Component.NoKeys.class);
    }

    private static Optional<Class<? extends Record>> frameworkKeys(Type type, Class<?> spi) {
        if (type instanceof Class<?> record && record.isRecord()) {
            return RecordKey.of(record.asSubclass(Record.class)).stream()
                    .flatMap(key -> frameworkKeys(key.type(), spi).stream())
                    .findFirst();
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() != Choice.class) {
                return frameworkKeys(arguments[0], spi);
            }
            return arguments[0] == spi ? Optional.of(((Class<?>) arguments[1]).asSubclass(Record.class)) : Optional.empty();
        }
        return Optional.empty();
    }
}
