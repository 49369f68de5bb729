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

    private TypeWords() {}

    /**
     * @throws IllegalArgumentException if a recipe cannot hold such a type
     */
    static String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return of(generic.getRawType(), generic.getActualTypeArguments()[0]);
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class || type == OptionalInt.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class || type == OptionalDouble.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Path.class) {
            return "a path";
        }
        if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
            return "one of " + String.join(", ", RecordKey.kebab(enumeration));
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return "a map";
        }
        throw new IllegalArgumentException("a recipe cannot hold a " + type.getTypeName());
    }

    private static String of(Type generic, Type argument) {
        if (generic == Optional.class) {
            return of(argument);
        }
        if (generic == List.class) {
            return "a list, each " + of(argument);
        }
        if (generic == Choice.class || generic == Part.class) {
            return "the name of " + SpiWords.withArticle((Class<?>) argument) + ", or a map with it";
        }
        throw new IllegalArgumentException("a recipe cannot hold a " + generic.getTypeName());
    }
}
