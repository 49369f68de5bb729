package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Description;
import org.latentmim.pipeline.Description.Entry;
import org.latentmim.pipeline.Description.Key;

/** The tables of components in the modules' README are what the components say of themselves. */
class ComponentTablesTest {

    private static final boolean WRITE = "write".equals(System.getProperty("latentmim.docs"));

    /** Where the components of each plugin are listed. */
    private enum Table {
        MASKING("MaskingPlugin", "latentmim-masking", "components"),
        LOSSES("LossesPlugin", "latentmim-losses", "components"),
        TARGETS("TargetPlugin", "latentmim-torch", "components: targets"),
        NETWORKS("VitPlugin", "latentmim-torch", "components: networks"),
        DATA("DataPlugin", "latentmim-torch", "components: data"),
        TRAINING("TrainPlugin", "latentmim-torch", "components: training"),
        EVALUATORS("EvalPlugin", "latentmim-eval", "components"),
        EXAMPLES("ExamplesPlugin", "latentmim-examples", "components");

        private final String plugin;
        private final Path readme;
        private final Pattern markers;

        Table(String plugin, String module, String marker) {
            this.plugin = plugin;
            this.readme = Path.of("..", module, "README.md");
            this.markers = Pattern.compile(
                    "(?s)(?<=<!-- " + marker + " -->\n).*?(?=<!-- /" + marker.replaceFirst(":.*", "") + " -->)");
        }

        String text() {
            List<String> tables = new ArrayList<>();
            for (Description kind : Catalogue.find().describe()) {
                List<Entry> own = kind.components().stream().filter(entry -> entry.plugin().equals(plugin)).toList();
                if (!own.isEmpty()) {
                    tables.add(table(kind.spi(), own));
                }
            }
            return String.join("\n", tables);
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheCodeSays(Table table) throws IOException {
        String readme = Files.readString(table.readme);
        Matcher between = table.markers.matcher(readme);
        assertThat(between.find()).as("markers in " + table.readme).isTrue();
        if (WRITE) {
            Files.writeString(table.readme, between.replaceFirst(Matcher.quoteReplacement(table.text())));
        } else {
            assertThat(between.group())
                    .as("the table in " + table.readme + ", which this writes again: mvn -pl latentmim-examples -am test"
                            + " -Dtest=ComponentTablesTest -Dsurefire.failIfNoSpecifiedTests=false -Dlatentmim.docs=write")
                    .isEqualTo(table.text());
        }
    }

    @Test
    void everyPluginHasItsTable() {
        assertThat(Catalogue.find().describe())
                .flatExtracting(Description::components)
                .extracting(Entry::plugin)
                .isSubsetOf(List.of(Table.values()).stream().map(table -> table.plugin).toList());
    }

    /** A row in bold for each component, and its keys below it; at the end the keys that the framework adds to each. */
    private static String table(String spi, List<Entry> components) {
        StringBuilder table = new StringBuilder("| " + spi + " | default | what |\n| --- | --- | --- |\n");
        for (Entry component : components) {
            table.append(row("**`" + component.name() + "`**", "", component.meaning()));
            component.keys().forEach(key -> table.append(row(key)));
        }
        List<Key> added = components.get(0).frameworkKeys();
        if (!added.isEmpty()) {
            table.append(row("**every " + spi + "**", "", "These keys come on top"));
            added.forEach(key -> table.append(row(key)));
        }
        return table.toString();
    }

    private static String row(Key key) {
        boolean isDefault = !key.standard().equals("required") && !key.standard().equals("optional");
        boolean saysTheChoices = Stream.of(key.type().replaceFirst("^one of ", "").split(", ")).allMatch(key.meaning()::contains);
        String choices = key.type().startsWith("one of ") && !saysTheChoices ? " (" + key.type() + ")" : "";
        return row("`" + key.name() + "`", isDefault ? "`" + key.standard() + "`" : key.standard(), key.meaning() + choices);
    }

    private static String row(String name, String standard, String what) {
        return "| " + name + " | " + standard + " | " + what.replace("|", "\\|") + " |\n";
    }
}
