package org.latentmim.pipeline;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.spi.Part;

/** Says in words what a key of a type holds; the complete list of types that a configuration record may use. */
final class TypeWords {

    /** All of them, for the author of a plugin. */
    static final String ALL = "int, long, double, boolean, String, Path, enums, records of these, Part, OptionalInt,"
            + " OptionalDouble, and Optional and List of these";

    private TypeWords() {}

    /**
     * @throws IllegalArgumentException if a recipe cannot hold such a type
     */
    static String of(Type type) {
        return find(type).orElseThrow(() -> new IllegalArgumentException("a recipe cannot hold a " + type.getTypeName()));
    }

    /** Returns nothing if a recipe cannot hold such a type. */
    static Optional<String> find(Type type) {
        if (type instanceof ParameterizedType generic) {
            return find(generic.getRawType(), generic.getActualTypeArguments()[0]);
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class || type == OptionalInt.class) {
            return Optional.of("a whole number");
        }
        if (type == double.class || type == Double.class || type == OptionalDouble.class) {
            return Optional.of("a number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of("true or false");
        }
        if (type == String.class) {
            return Optional.of("text");
        }
        if (type == Path.class) {
            return Optional.of("a path");
        }
        if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
            return Optional.of("one of " + String.join(", ", RecordKey.kebab(enumeration)));
        }
        return type instanceof Class<?> record && record.isRecord() ? Optional.of("a map") : Optional.empty();
    }

    private static Optional<String> find(Type generic, Type argument) {
        if (generic == Optional.class) {
            return find(argument);
        }
        if (generic == List.class) {
            return find(argument).map(each -> "a list, each " + each);
        }
        return (generic == Choice.class || generic == Part.class) && SpiWords.ALL.containsKey(argument)
                ? Optional.of("the name of " + SpiWords.withArticle((Class<?>) argument) + ", or a map with it")
                : Optional.empty();
    }
}
