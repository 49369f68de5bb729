package org.latentmim.pipeline;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.latentmim.spi.Component;
import org.latentmim.spi.Part;

/**
 * Binds YAML to records: a key is a record component in kebab case, its {@code @Default} is YAML too, and its range is checked by
 * the record's constructor. Mistakes are collected; a value that has one is left out, so that nothing is reported twice.
 */
final class RecordBinder {

    private final Catalogue catalogue;
    private final Problems problems;

    RecordBinder(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    /** Returns the record, or nothing if there was a problem. */
    <R extends Record> Optional<R> bind(Class<R> type, Value value, String path) {
        if (!(value instanceof Value.Keys keys)) {
            return mismatch(type, value, path);
        }
        return record(type, keys, path, allKnown(keys, RecordKey.names(type), path));
    }

    private <R extends Record> Optional<R> record(Class<R> type, Value.Keys keys, String path, boolean clean) {
        List<RecordKey> components = RecordKey.of(type);
        List<Object> arguments = new ArrayList<>();
        for (RecordKey component : components) {
            component(component, keys, path).ifPresent(arguments::add);
        }
        return clean && arguments.size() == components.size() ? construct(type, arguments, keys, path) : Optional.empty();
    }

    private Optional<?> component(RecordKey key, Value.Keys keys, String path) {
        String inner = join(path, key.name());
        Value value = keys.values().get(key.name());
        if (value != null) {
            return value(key.type(), value, inner);
        }
        if (key.standard().isPresent()) {
            Source source = Source.phrase(
                    "@Default of " + key.owner().getSimpleName() + "." + key.name(), keys.at().source().folder());
            return value(key.type(), YamlReader.parse(key.standard().get(), source), inner);
        }
        if (key.empty().isEmpty()) {
            problems.add(keys.at(), inner, "is required, but missing");
        }
        return key.empty();
    }

    private Optional<?> value(Type type, Value value, String path) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, value, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Value.Keys.class) { // bound by somebody else
            return value instanceof Value.Keys ? Optional.of(value) : mismatch(type, value, path);
        }
        if (plain == OptionalInt.class) {
            return value instanceof Value.Nothing
                    ? Optional.of(OptionalInt.empty())
                    : value(int.class, value, path).map(number -> OptionalInt.of((Integer) number));
        }
        if (plain == OptionalDouble.class) {
            return value instanceof Value.Nothing
                    ? Optional.of(OptionalDouble.empty())
                    : value(double.class, value, path).map(number -> OptionalDouble.of((Double) number));
        }
        if (plain.isRecord()) {
            return bind(plain.asSubclass(Record.class), value, path);
        }
        if (!(value instanceof Value.Scalar scalar)) {
            return mismatch(type, value, path);
        }
        try {
            return Optional.of(ScalarParser.parse(plain, scalar));
        } catch (IllegalArgumentException e) {
            problems.add(value.at(), path, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<?> generic(ParameterizedType type, Value value, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return value instanceof Value.Nothing
                    ? Optional.of(Optional.empty())
                    : value(arguments[0], value, path).map(Optional::of);
        }
        if (type.getRawType() == List.class) {
            return list(type, arguments[0], value, path);
        }
        Class<?> extra = type.getRawType() == Part.class ? Component.NoKeys.class : (Class<?>) arguments[1];
        return choice(type, (Class<?>) arguments[0], extra.asSubclass(Record.class), value, path);
    }

    private Optional<?> list(Type type, Type element, Value value, String path) {
        if (!(value instanceof Value.Items items)) {
            return mismatch(type, value, path);
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            value(element, items.values().get(i), join(path, "" + i)).ifPresent(list::add);
        }
        return list.size() == items.values().size() ? Optional.of(List.copyOf(list)) : Optional.empty();
    }

    private Optional<?> choice(Type type, Class<?> spi, Class<? extends Record> extra, Value value, String path) {
        if (!(Inheritance.withKeys(value, value.at()) instanceof Value.Keys keys)) {
            return mismatch(type, value, path);
        }
        Value name = keys.values().get("name");
        if (name == null) {
            problems.add(keys.at(), join(path, "name"), "is required, but missing. " + catalogue.known(spi));
            return Optional.empty();
        }
        if (!(name instanceof Value.Scalar scalar)) {
            return mismatch(String.class, name, join(path, "name"));
        }
        Optional<Component<?>> component = catalogue.component(spi, scalar.text());
        if (component.isEmpty()) {
            problems.add(name.at(), join(path, "name"), catalogue.unknown(spi, scalar.text()));
            return Optional.empty();
        }
        return choice(component.get(), extra, keys, path);
    }

    private <X extends Record> Optional<?> choice(Component<?> component, Class<X> extra, Value.Keys keys, String path) {
        List<String> allowed = Stream.of(List.of("name"), RecordKey.names(component.config()), RecordKey.names(extra))
                .flatMap(List::stream)
                .toList();
        boolean clean = allKnown(keys, allowed, path);
        Optional<? extends Record> config = record(component.config(), keys, path, clean);
        Optional<X> added = record(extra, keys, path, clean);
        return config.isPresent() && added.isPresent()
                ? Optional.of(new Choice<>(component, config.get(), added.get(), keys.at().toString(), path))
                : Optional.empty();
    }

    private boolean allKnown(Value.Keys keys, List<String> allowed, String path) {
        keys.values().forEach((key, value) -> {
            if (!allowed.contains(key)) {
                problems.add(value.at(), join(path, key), "unknown key." + Spelling.suggestion(key, allowed)
                        + (allowed.isEmpty() ? " No keys are allowed here" : " Allowed: " + String.join(", ", allowed)));
            }
        });
        return allowed.containsAll(keys.values().keySet());
    }

    private <R extends Record> Optional<R> construct(Class<R> type, List<Object> arguments, Value.Keys keys, String path) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException outOfRange) {
                problems.add(position(outOfRange, keys), path, outOfRange.getMessage());
                return Optional.empty();
            }
            throw new IllegalStateException(type.getName() + " failed to check its values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be constructed", e);
        }
    }

    /** The line of the key with which the message begins, if there is one. */
    private static Position position(IllegalArgumentException outOfRange, Value.Keys keys) {
        String first = String.valueOf(outOfRange.getMessage()).split(" ", 2)[0];
        return keys.values().containsKey(first) ? keys.values().get(first).at() : keys.at();
    }

    private <R> Optional<R> mismatch(Type type, Value value, String path) {
        problems.add(value.at(), path, ScalarParser.mismatch(TypeWords.of(type), value).getMessage());
        return Optional.empty();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
