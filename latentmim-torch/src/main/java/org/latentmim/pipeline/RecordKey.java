package org.latentmim.pipeline;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

/**
 * A component of a configuration record, as a key of a recipe.
 *
 * @param name in kebab case
 * @param standard the default as YAML text
 * @param owner the record, for messages about a broken default
 */
record RecordKey(String name, Type type, Optional<String> standard, String meaning, Class<?> owner) {

    /** Returns the keys of a record in its order. */
    static List<RecordKey> of(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordKey::of).toList();
    }

    static List<String> names(Class<? extends Record> type) {
        return of(type).stream().map(RecordKey::name).toList();
    }

    private static RecordKey of(RecordComponent component) {
        return new RecordKey(
                kebab(component.getName()),
                component.getGenericType(),
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
                Optional.ofNullable(component.getAnnotation(Meaning.class)).map(Meaning::value).orElse(""),
                component.getDeclaringRecord());
    }

    /** Returns the empty value of an optional type; nothing for any other type. */
    Optional<?> empty() {
        if (type == OptionalInt.class) {
            return Optional.of(OptionalInt.empty());
        }
        if (type == OptionalDouble.class) {
            return Optional.of(OptionalDouble.empty());
        }
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? Optional.of(Optional.empty())
                : Optional.empty();
    }

    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    static List<String> kebab(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants()).map(constant -> kebab(((Enum<?>) constant).name())).toList();
    }
}
