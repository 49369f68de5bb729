package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Description;
import org.latentmim.pipeline.Description.Entry;
import org.latentmim.pipeline.Description.Key;
import org.latentmim.pipeline.Recipe;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The reference of recipes, from what the plugins on the class path say of themselves. */
@Command(
        name = "components",
        description = "Shows all that a recipe can name: each component, its plugin, its keys with type, default and meaning.",
        mixinStandardHelpOptions = true)
final class ComponentsCommand implements Callable<Integer> {

    private static final String RECIPE = "recipe";

    private final Terminal terminal;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "Only the component of this name, or all of a kind such as encoder; recipe for the keys around them.")
    private Optional<String> name = Optional.empty();

    ComponentsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean found = false;
        if (name.isEmpty() || name.get().equals(RECIPE)) {
            terminal.title(RECIPE);
            Description.keys(Recipe.class).forEach(this::show);
            found = true;
        }
        for (Description kind : Catalogue.find().describe()) {
            List<Entry> shown = kind.components().stream().filter(entry -> wanted(kind, entry)).toList();
            if (!shown.isEmpty()) {
                shown.forEach(entry -> show(kind, entry));
                found = true;
            }
        }
        if (!found) {
            throw new UsageException(
                    "There is no component '" + name.get() + "'. There are: " + String.join(", ", names()) + ".");
        }
        return 0;
    }

    private boolean wanted(Description kind, Entry entry) {
        return name.isEmpty() || name.get().equals(entry.name()) || name.get().equals(kind.spi());
    }

    private void show(Description kind, Entry entry) {
        terminal.print("");
        terminal.title(kind.spi() + " " + entry.name());
        terminal.print("  " + entry.meaning() + " (" + entry.plugin() + ")");
        entry.keys().forEach(this::show);
        entry.frameworkKeys().forEach(this::show);
    }

    private void show(Key key) {
        terminal.print("  " + key.name() + ": " + key.type() + "; " + standard(key));
        terminal.print("      " + key.meaning());
    }

    private static String standard(Key key) {
        boolean isDefault = !key.standard().equals("required") && !key.standard().equals("optional");
        return isDefault ? "default " + key.standard() : key.standard();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        Catalogue.find().describe().forEach(kind -> kind.components().forEach(entry -> names.add(entry.name())));
        return names;
    }
}
