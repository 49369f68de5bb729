package org.latentmim.pipeline;

import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes records as YAML: keys in the order of the records, lists of plain values on one line, empty optionals left out. */
final class RecipeWriter {

    private RecipeWriter() {}

    static String write(Record record) {
        return serialize(mapping(keys(record), FlowStyle.BLOCK));
    }

    /** Returns a choice as one line, such as {@code {name: random, visible: 8}}. */
    static String line(Choice<?, ?> choice) {
        return serialize(mapping(keysOf(choice), FlowStyle.FLOW)).strip();
    }

    private static String serialize(Node node) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(node, text);
        return text.toString();
    }

    private static List<NodeTuple> keys(Record record) {
        List<NodeTuple> keys = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            present(value(record, component))
                    .ifPresent(value -> keys.add(new NodeTuple(text(RecordKey.kebab(component.getName())), node(value))));
        }
        return keys;
    }

    private static List<NodeTuple> keysOf(Choice<?, ?> choice) {
        List<NodeTuple> keys = new ArrayList<>();
        keys.add(new NodeTuple(text("name"), text(choice.name())));
        keys.addAll(keys(choice.config()));
        keys.addAll(keys(choice.extra()));
        return keys;
    }

    private static Optional<?> present(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional;
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? Optional.of(optional.getAsInt()) : Optional.empty();
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? Optional.of(optional.getAsDouble()) : Optional.empty();
        }
        return Optional.of(value);
    }

    private static Node node(Object value) {
        if (value instanceof Choice<?, ?> choice) {
            return mapping(keysOf(choice), FlowStyle.BLOCK);
        }
        if (value instanceof Record record) {
            return mapping(keys(record), FlowStyle.BLOCK);
        }
        if (value instanceof List<?> list) {
            List<Node> items = list.stream().map(RecipeWriter::node).toList();
            boolean plain = items.stream().allMatch(ScalarNode.class::isInstance);
            return new SequenceNode(Tag.SEQ, items, plain ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value instanceof Enum<?> constant) {
            return text(RecordKey.kebab(constant.name()));
        }
        return scalar(value);
    }

    private static Node scalar(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return scalar(Tag.INT, value);
        }
        if (value instanceof Double) {
            return scalar(Tag.FLOAT, value);
        }
        if (value instanceof Boolean) {
            return scalar(Tag.BOOL, value);
        }
        return text(value instanceof Path path ? path.toAbsolutePath().toString() : (String) value);
    }

    private static Node mapping(List<NodeTuple> keys, FlowStyle style) {
        return new MappingNode(Tag.MAP, keys, style);
    }

    private static Node text(String text) {
        return scalar(Tag.STR, text);
    }

    private static Node scalar(Tag tag, Object value) {
        return new ScalarNode(tag, value.toString(), null, null, ScalarStyle.PLAIN);
    }

    static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass().getName() + " does not show its " + component.getName(), e);
        }
    }
}
