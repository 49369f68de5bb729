package org.latentmim.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.latentmim.runtime.UsageException;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one YAML document as a tree of values. No text, however hostile, makes an object or a tree much larger than itself:
 * size, depth, aliases and values are limited, and tags, merge keys, duplicate keys and values that contain themselves are refused.
 */
final class YamlReader {

    private static final int LARGEST = 3 << 20;
    private static final int DEEPEST = 50;
    private static final int ALIASES = 10;
    private static final int MOST_VALUES = 50_000;
    private static final int LONGEST_KEY = 200;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP);

    private final Source source;
    private final Set<Node> parents = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private YamlReader(Source source) {
        this.source = source;
    }

    /**
     * @throws IOException if the stream cannot be read
     * @throws UsageException if what it holds is no YAML for us
     */
    static Value read(InputStream stream, Source source) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new UsageException(source.name() + " is larger than 3 MiB, which no recipe needs.");
        }
        try {
            return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), source);
        } catch (CharacterCodingException e) {
            throw new UsageException(source.name() + " is not UTF-8 text. Save it as UTF-8.", e);
        }
    }

    /**
     * @throws UsageException if the text is no YAML for us
     */
    static Value parse(String text, Source source) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(ALIASES);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return root == null ? new Value.Nothing(source.line(1)) : new YamlReader(source).value(root, line(root));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String place = source.name() + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            throw new UsageException(place + ": cannot be read: " + context + e.getProblem() + ".", e);
        } catch (YAMLException e) {
            String first = e.getMessage().lines().findFirst().orElse("");
            throw new UsageException(source.name() + ": cannot be read: " + first + ".", e);
        } catch (NumberFormatException e) { // which SnakeYAML lets through
            throw new UsageException(source.name() + ": cannot be read: a quoted text ends within \\x, \\u or \\U.", e);
        }
    }

    private Value value(Node node, int line) {
        if (!PLAIN_TAGS.contains(node.getTag())) {
            throw refused(node, "the tag '" + node.getTag().getValue() + "' is not allowed; a recipe is text, lists and maps");
        }
        if (++values > MOST_VALUES) {
            throw refused(node, "here are more than " + MOST_VALUES + " values, which no recipe needs");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, line);
        }
        if (!parents.add(node)) {
            throw refused(node, "what begins here contains itself by an alias");
        }
        Value value = node instanceof MappingNode mapping ? keys(mapping, line) : items((SequenceNode) node, line);
        parents.remove(node);
        return value;
    }

    private Value scalar(ScalarNode scalar, int line) {
        return scalar.getTag().equals(Tag.NULL)
                ? new Value.Nothing(source.line(line))
                : new Value.Scalar(source.line(line), scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
    }

    private Value items(SequenceNode sequence, int line) {
        List<Value> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(value(item, line(item)));
        }
        return new Value.Items(source.line(line), Collections.unmodifiableList(values));
    }

    private Value keys(MappingNode mapping, int line) {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (key.getTag().equals(Tag.MERGE)) {
                throw refused(key, "the merge key '<<' is not supported; use 'extends' to build on another recipe");
            }
            if (!(value(key, line(key)) instanceof Value.Scalar name)) {
                throw refused(key, "a key must be text");
            }
            if (name.text().length() > LONGEST_KEY) {
                throw refused(key, "a key has " + name.text().length() + " letters, but at most " + LONGEST_KEY + " are read");
            }
            Integer before = lines.put(name.text(), line(key));
            if (before != null) {
                throw refused(key, "the key '" + name.text() + "' stands twice, on line " + before + " and on line " + line(key));
            }
            values.put(name.text(), value(tuple.getValueNode(), line(key)));
        }
        return new Value.Keys(source.line(line), Collections.unmodifiableMap(values));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private UsageException refused(Node node, String reason) {
        return new UsageException(source.name() + ", line " + line(node) + ": " + reason + ".");
    }
}
