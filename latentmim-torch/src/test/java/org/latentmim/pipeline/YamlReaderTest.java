package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.latentmim.runtime.UsageException;

class YamlReaderTest {

    private static final Source SOURCE = Source.file("hostile.yaml", Path.of(""));

    @Test
    void aValueStandsWhereItsKeyStands() {
        Value.Keys recipe = (Value.Keys) parse("# first\nencoder:\n  name: vit\n  sizes: [1,\n    2]\nempty:\n");

        assertThat(recipe.values().get("encoder").at()).hasToString("hostile.yaml:2");
        Value.Keys encoder = (Value.Keys) recipe.values().get("encoder");
        assertThat(encoder.values().get("name")).isEqualTo(new Value.Scalar(SOURCE.line(3), "vit", false));
        assertThat(encoder.values().get("sizes"))
                .isEqualTo(new Value.Items(SOURCE.line(4),
                        List.of(new Value.Scalar(SOURCE.line(4), "1", false), new Value.Scalar(SOURCE.line(5), "2", false))));
        assertThat(recipe.values().get("empty")).isEqualTo(new Value.Nothing(SOURCE.line(6)));
    }

    @Test
    void anAliasIsTheSameValueAgain() {
        Value.Keys recipe = (Value.Keys) parse("a: &size {width: 4}\nb: *size\n");

        assertThat(((Value.Keys) recipe.values().get("b")).values())
                .containsEntry("width", new Value.Scalar(SOURCE.line(1), "4", false));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(((Value.Keys) parse("\uFEFFseed: 1")).values()).containsOnlyKeys("seed");
    }

    @Test
    void anEmptyTextIsNothing() {
        assertThat(parse("")).isInstanceOf(Value.Nothing.class);
        assertThat(parse("# only a comment")).isInstanceOf(Value.Nothing.class);
    }

    @Test
    void refusesTagsThatMakeObjects() {
        refused("a: 1\nb: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]")
                .hasMessage("hostile.yaml, line 2, column 4: cannot be read: Global tag is not allowed:"
                        + " tag:yaml.org,2002:javax.script.ScriptEngineManager.");
        refused("a: !foo 1")
                .hasMessage("hostile.yaml, line 1: the tag '!foo' is not allowed; a recipe is text, lists and maps.");
        refused("!!java.net.URL http://x: 1").hasMessage(
                "hostile.yaml, line 1, column 1: cannot be read: Global tag is not allowed: tag:yaml.org,2002:java.net.URL.");
        refused("a: !!binary aGVsbG8=").hasMessageStartingWith("hostile.yaml, line 1: the tag 'tag:yaml.org,2002:binary'");
        refused("a: !!set {b}").hasMessageStartingWith("hostile.yaml, line 1: the tag 'tag:yaml.org,2002:set'");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        refused("a: 1\nb: 2\na: 3").hasMessage("hostile.yaml, line 3: the key 'a' stands twice, on line 1 and on line 3.");
    }

    @Test
    void refusesMergeKeys() {
        refused("a: &a {x: 1}\nb:\n  <<: *a\n")
                .hasMessage("hostile.yaml, line 3: the merge key '<<' is not supported;"
                        + " use 'extends' to build on another recipe.");
    }

    @Test
    void refusesKeysThatAreNoText() {
        refused("? [a, b]\n: 1").hasMessage("hostile.yaml, line 1: a key must be text.");
        refused("~: 1").hasMessage("hostile.yaml, line 1: a key must be text.");
    }

    @Test
    void refusesAValueThatContainsItself() {
        refused("a: &a\n  b: [*a]").hasMessage("hostile.yaml, line 1: what begins here contains itself by an alias.");
        refused("&a [*a]").hasMessage("hostile.yaml, line 1: what begins here contains itself by an alias.");
    }

    @Test
    void refusesABombOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "]\n");
        }
        refused(bomb.toString())
                .hasMessage("hostile.yaml: cannot be read: Number of aliases for non-scalar nodes exceeds the specified"
                        + " max=10.");
    }

    @Test
    void refusesMoreValuesThanARecipeHas() {
        refused("a: [" + "x,".repeat(50_000) + "]")
                .hasMessage("hostile.yaml, line 1: here are more than 50000 values, which no recipe needs.");
        refused("a: &a [" + "x,".repeat(20_000) + "]\nb: [*a, *a]")
                .hasMessage("hostile.yaml, line 1: here are more than 50000 values, which no recipe needs.");
    }

    @Test
    void refusesKeysWithoutEnd() {
        refused("? " + "k".repeat(1 << 20) + "\n: 1")
                .hasMessage("hostile.yaml, line 1: a key has 1048576 letters, but at most 200 are read.");
    }

    @Test
    void refusesDepth() {
        refused("[".repeat(100_000)).hasMessage("hostile.yaml: cannot be read: Nesting Depth exceeded max 50.");
        refused("[".repeat(60) + "]".repeat(60))
                .hasMessage("hostile.yaml: cannot be read: Nesting Depth exceeded max 50.");
    }

    @Test
    void refusesSizeBeforeItParses() {
        byte[] large = "#".repeat((3 << 20) + 1).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> YamlReader.read(new ByteArrayInputStream(large), SOURCE))
                .isInstanceOf(UsageException.class)
                .hasMessage("hostile.yaml is larger than 3 MiB, which no recipe needs.");
    }

    @Test
    void readsTextUpToTheLimit() throws IOException {
        byte[] large = ("#".repeat((3 << 20) - 5) + "\na: 1").getBytes(StandardCharsets.UTF_8);
        assertThat(YamlReader.read(new ByteArrayInputStream(large), SOURCE)).isInstanceOf(Value.Keys.class);
    }

    @Test
    void refusesWhatIsNoUtf8() {
        assertThatThrownBy(() -> YamlReader.read(
                        new ByteArrayInputStream("name: Zürich".getBytes(StandardCharsets.ISO_8859_1)), SOURCE))
                .isInstanceOf(UsageException.class)
                .hasMessage("hostile.yaml is not UTF-8 text. Save it as UTF-8.");
    }

    @Test
    void refusesASecondDocument() {
        refused("a: 1\n---\nb: 2\n")
                .hasMessage("hostile.yaml, line 2, column 1: cannot be read: expected a single document in the stream,"
                        + " but found another document.");
    }

    @Test
    void tellsWhereTheSyntaxIsWrong() {
        refused("a: 1\nb: c: d\n")
                .hasMessage("hostile.yaml, line 2, column 5: cannot be read: mapping values are not allowed here.");
        refused("a:\n\tb: 1\n")
                .hasMessage("hostile.yaml, line 2, column 1: cannot be read: while scanning for the next token,"
                        + " found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation).");
        refused("a: \"\\u").hasMessage("hostile.yaml: cannot be read: a quoted text ends within \\x, \\u or \\U.");
        refused("a: \u0000").hasMessage("hostile.yaml: cannot be read: special characters are not allowed.");
    }

    private static Value parse(String text) {
        return YamlReader.parse(text, SOURCE);
    }

    private static AbstractThrowableAssert<?, ?> refused(String text) {
        return assertThatThrownBy(() -> parse(text)).isInstanceOf(UsageException.class);
    }
}
