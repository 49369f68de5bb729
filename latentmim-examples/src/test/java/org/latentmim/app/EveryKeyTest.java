package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.pipeline.BuiltInRecipes;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Choice;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.RecipeReader;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Part;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.TargetUpdater;

/**
 * Every key of every component reaches its record: for each there is a recipe in which another value of this key changes the
 * record in this place and nowhere else.
 */
class EveryKeyTest {

    /** Keys that no value can change by themselves. */
    private static final Map<String, String> NEVER_ALONE = Map.of("encoder vit: size", "stands for width, depth and heads");

    private static final List<String> NUMBERS =
            List.of("1", "2", "3", "4", "5", "6", "7", "8", "12", "16", "24", "32", "64", "100", "0");
    private static final List<String> FRACTIONS =
            List.of("0.5", "0.25", "0.75", "0.9", "0.1", "0.3", "1.0", "1.5", "2.0", "3.0", "0.01", "10.0", "0.0", "-0.5");

    /** Where a component of each kind stands in a recipe. */
    private enum Place {
        IMAGES(ImageSet.class, "noise"),
        MASKING(MaskSampler.class, "{ name: random, visible: 8 }"),
        ENCODER(Encoder.class, "{ name: vit, size: tiny }"),
        DECODER(Decoder.class, "{ name: cross-attention, width: 12, depth: 1, heads: 3 }"),
        TARGET(TargetUpdater.class, "momentum"),
        LOSSES(ReconstructionLoss.class, "patch-discrimination"),
        EVALUATION(Evaluator.class, "nearest-neighbor"),
        METRICS(MetricSink.class, "jsonl");

        private final Class<?> spi;
        private final String usual;

        Place(Class<?> spi, String usual) {
            this.spi = spi;
            this.usual = usual;
        }

        static Place of(Class<?> spi) {
            return Arrays.stream(values()).filter(place -> place.spi == spi).findFirst().orElseThrow();
        }

        String recipe(String node) {
            Object[] nodes = Arrays.stream(values()).map(place -> place == this ? node : place.usual).toArray();
            return String.format(Locale.ROOT, """
                    images: { train: %s, mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] }
                    grid: { rows: 7, columns: 7, patch-size: 4 }
                    masking: %s
                    encoder: %s
                    decoder: %s
                    target: %s
                    losses: [%s]
                    evaluation: { with: [%s] }
                    metrics: [%s]
                    train: { epochs: 1, batch: 2, base-learning-rate: 0.1 }
                    """, nodes);
        }

        Choice<?, ?> choice(Recipe recipe) {
            return switch (this) {
                case IMAGES -> recipe.images().train();
                case MASKING -> recipe.masking();
                case ENCODER -> recipe.encoder();
                case DECODER -> recipe.decoder();
                case TARGET -> recipe.target();
                case LOSSES -> recipe.losses().get(0);
                case EVALUATION -> recipe.evaluation().with().get(0);
                case METRICS -> recipe.metrics().get(0);
            };
        }
    }

    @TempDir
    private Path folder;

    private final RecipeReader reader = new RecipeReader(Catalogue.find(), BuiltInRecipes.NONE);
    private final List<? extends Component<?>> components = ServiceLoader.load(Plugin.class).stream()
            .flatMap(plugin -> plugin.get().components().stream())
            .toList();

    @Test
    void changesItsRecordInOnePlace() {
        TreeSet<String> unchanged = new TreeSet<>();
        int changed = 0;
        for (Component<?> component : components) {
            for (List<RecordComponent> key : keys(component.config())) {
                String path = path(key);
                if (changesAlone(component, key, path)) {
                    changed++;
                } else {
                    String place = Place.of(component.spi()).name().toLowerCase(Locale.ROOT);
                    unchanged.add(place + " " + component.name() + ": " + path);
                }
            }
        }
        assertThat(unchanged).containsExactlyInAnyOrderElementsOf(NEVER_ALONE.keySet());
        assertThat(changed).as("keys that were looked at").isGreaterThan(30);
    }

    /** On a node that is valid without it, or between two nodes that both have it. */
    private boolean changesAlone(Component<?> component, List<RecordComponent> key, String path) {
        List<Map<String, Object>> nodes = new ArrayList<>(bases(component));
        List<Object> values = values(key.get(key.size() - 1).getGenericType());
        Map<String, Object> required = required(component.config(), 0);
        for (Object value : values) {
            nodes.add(with(required, path, value));
        }
        return nodes.stream()
                .filter(node -> read(component, node).isPresent())
                .anyMatch(node -> values.stream()
                        .anyMatch(value -> differOnlyIn(path, component, node, with(node, path, value))));
    }

    private boolean differOnlyIn(String path, Component<?> component, Map<String, Object> one, Map<String, Object> other) {
        Optional<Map<String, Object>> before = read(component, one);
        Optional<Map<String, Object>> after = read(component, other);
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        TreeSet<String> paths = new TreeSet<>(before.get().keySet());
        paths.addAll(after.get().keySet());
        paths.removeIf(key -> Objects.equals(before.get().get(key), after.get().get(key)));
        return paths.equals(new TreeSet<>(List.of(path)));
    }

    /** The first nodes of a component that are valid: with its required keys alone, or with one more. */
    private List<Map<String, Object>> bases(Component<?> component) {
        List<Map<String, Object>> tried = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> required = required(component.config(), i);
            tried.add(required);
            for (List<RecordComponent> key : keys(component.config())) {
                for (Object value : values(key.get(key.size() - 1).getGenericType())) {
                    tried.add(with(required, path(key), value));
                }
            }
        }
        return tried.stream().filter(node -> read(component, node).isPresent()).limit(3).toList();
    }

    private Map<String, Object> required(Class<?> config, int variant) {
        Map<String, Object> node = new LinkedHashMap<>();
        for (RecordComponent key : config.getRecordComponents()) {
            boolean optional = key.getType() == Optional.class || key.getType() == OptionalInt.class
                    || key.getType() == OptionalDouble.class || key.isAnnotationPresent(Default.class);
            if (!optional) {
                List<Object> values = values(key.getGenericType());
                node.put(kebab(key), key.getType().isRecord()
                        ? required(key.getType(), variant)
                        : values.get(Math.min(variant, values.size() - 1)));
            }
        }
        return node;
    }

    /** Values to try for a key of a type, as YAML. */
    private List<Object> values(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Part.class) {
                return parts((Class<?>) argument);
            }
            List<Object> values = values(argument);
            return generic.getRawType() == Optional.class ? values : lists(values);
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of("true", "false");
        }
        if (type == double.class || type == Double.class || type == OptionalDouble.class) {
            return List.copyOf(FRACTIONS);
        }
        if (type == String.class || type == Path.class) {
            return List.of("here", "there");
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants()).map(constant -> (Object) kebab(((Enum<?>) constant).name())).toList();
        }
        return plain.isRecord()
                ? IntStream.range(0, 4).mapToObj(variant -> (Object) required(plain, variant)).toList()
                : List.copyOf(NUMBERS);
    }

    private static List<Object> lists(List<Object> values) {
        List<Object> lists = new ArrayList<>();
        for (int i = 0; i + 1 < values.size(); i++) {
            lists.add(List.of(values.get(i)));
            lists.add(List.of(values.get(i), values.get(i + 1)));
        }
        return lists;
    }

    /** Components of a kind that have none inside them. */
    private List<Object> parts(Class<?> spi) {
        return components.stream()
                .filter(component -> component.spi() == spi)
                .filter(component -> keys(component.config()).stream()
                        .noneMatch(key -> key.get(key.size() - 1).getGenericType().getTypeName().contains(Part.class.getName())))
                .flatMap(component -> bases(component).stream().limit(1).map(node -> {
                    Map<String, Object> named = new LinkedHashMap<>(Map.of("name", component.name()));
                    named.putAll(node);
                    return (Object) named;
                }))
                .limit(4)
                .toList();
    }

    private Optional<Map<String, Object>> read(Component<?> component, Map<String, Object> node) {
        Map<String, Object> named = new LinkedHashMap<>(Map.of("name", component.name()));
        named.putAll(node);
        Place place = Place.of(component.spi());
        try {
            Path file = Files.writeString(folder.resolve("recipe.yaml"), place.recipe(yaml(named)));
            Map<String, Object> values = new TreeMap<>();
            flatten(place.choice(reader.read(file.toString(), List.of())).config(), "", values);
            return Optional.of(values);
        } catch (UsageException e) { // out of its range, or one of two that exclude each other
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String yaml(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> keys = map.entrySet().stream().map(entry -> entry.getKey() + ": " + yaml(entry.getValue())).toList();
            return "{ " + String.join(", ", keys) + " }";
        }
        return value instanceof List<?> list
                ? "[" + String.join(", ", list.stream().map(EveryKeyTest::yaml).toList()) + "]"
                : value.toString();
    }

    private static Map<String, Object> with(Map<String, Object> node, String path, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(node);
        int dot = path.indexOf('.');
        if (dot < 0) {
            changed.put(path, value);
        } else {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (node.get(path.substring(0, dot)) instanceof Map<?, ?> present) {
                present.forEach((key, kept) -> inner.put((String) key, kept));
            }
            changed.put(path.substring(0, dot), with(inner, path.substring(dot + 1), value));
        }
        return changed;
    }

    /** The keys of a record; of a record in it, its keys in place of itself. */
    private static List<List<RecordComponent>> keys(Class<?> config) {
        return Arrays.stream(config.getRecordComponents())
                .flatMap(key -> key.getType().isRecord()
                        ? keys(key.getType()).stream().map(inner -> Stream.concat(Stream.of(key), inner.stream()).toList())
                        : Stream.of(List.of(key)))
                .toList();
    }

    private static String path(List<RecordComponent> key) {
        return String.join(".", key.stream().map(EveryKeyTest::kebab).toList());
    }

    private static void flatten(Record record, String prefix, Map<String, Object> values) {
        for (RecordComponent key : record.getClass().getRecordComponents()) {
            Object value = value(record, key);
            if (value instanceof Record inner && key.getType().isRecord()) {
                flatten(inner, prefix + kebab(key) + ".", values);
            } else {
                values.put(prefix + kebab(key), value);
            }
        }
    }

    private static Object value(Record record, RecordComponent key) {
        try {
            key.getAccessor().setAccessible(true);
            return key.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String kebab(RecordComponent key) {
        return kebab(key.getName());
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
