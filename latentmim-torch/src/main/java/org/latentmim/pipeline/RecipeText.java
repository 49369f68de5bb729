package org.latentmim.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/**
 * The YAML of a recipe, or of a suite of them, and of those it extends. What {@code extends} names is a {@code .yaml} file,
 * relative to the folder of the file that says so, or else a built-in recipe: nothing else on the disk is read, and nothing from a
 * network.
 */
final class RecipeText {

    private static final int LONGEST_CHAIN = 20;

    private final Source source;
    private final URI location;
    private final BuiltInRecipes builtIn;

    private RecipeText(Source source, URI location, BuiltInRecipes builtIn) {
        this.source = source;
        this.location = location;
        this.builtIn = builtIn;
    }

    /**
     * @throws UsageException if there is no such recipe
     */
    static RecipeText find(String recipe, BuiltInRecipes builtIn) {
        return find(recipe, Path.of(""), builtIn).orElseThrow(() -> new UsageException(missing(recipe, builtIn)));
    }

    /** Returns the file, relative to a folder, or the built-in recipe of a name; nothing if there is none. */
    static Optional<RecipeText> find(String recipe, Path folder, BuiltInRecipes builtIn) {
        Optional<Path> file = file(recipe, folder);
        if (file.isPresent()) {
            Path path = file.get();
            Source source = Source.file(path.getFileName().toString(), path.getParent());
            return Optional.of(new RecipeText(source, path.toUri(), builtIn));
        }
        return Optional.ofNullable(builtIn.byName().get(recipe))
                .map(url -> new RecipeText(
                        Source.file("built-in/" + recipe + ".yaml", Path.of("")), URI.create(url.toExternalForm()), builtIn));
    }

    private static Optional<Path> file(String recipe, Path folder) {
        try {
            return Optional.of(folder.resolve(recipe).toAbsolutePath().normalize()).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    static String missing(String recipe, BuiltInRecipes builtIn) {
        return "there is no " + builtIn.kind() + " '" + recipe + "': no such file, and no built-in " + builtIn.kind()
                + " of that name."
                + Spelling.suggestion(recipe, builtIn.byName().keySet())
                + " Built in: " + (builtIn.byName().isEmpty() ? "none" : String.join(", ", builtIn.byName().keySet()));
    }

    String name() {
        return source.name();
    }

    /** Returns what relative paths in it are relative to. */
    Path folder() {
        return source.folder();
    }

    /**
     * Returns the recipe laid over those it extends, without {@code extends}.
     *
     * @throws UsageException if it is not YAML, or extends what is not there or itself
     */
    Value.Keys withInherited() {
        return withInherited(new ArrayList<>());
    }

    private Value.Keys withInherited(List<RecipeText> chain) {
        chain.add(this);
        Value.Keys keys = read();
        Value parent = keys.values().get("extends");
        if (parent == null) {
            return keys;
        }
        Map<String, Value> own = new LinkedHashMap<>(keys.values());
        own.remove("extends");
        return Inheritance.recipes(parent(parent, chain).withInherited(chain), new Value.Keys(keys.at(), own));
    }

    private RecipeText parent(Value value, List<RecipeText> chain) {
        if (!(value instanceof Value.Scalar name)) {
            throw refused(value, "must be the name of a " + builtIn.kind() + ", but is " + value.words());
        }
        if (name.text().matches("(?s)[/\\\\~].*|[A-Za-z]+:.*")) {
            throw refused(value, "must be a path relative to this file, or a built-in " + builtIn.kind()
                    + ", but is '" + name.text() + "'");
        }
        RecipeText parent = find(name.text(), source.folder(), builtIn)
                .orElseThrow(() -> refused(value, missing(name.text(), builtIn)));
        if (!parent.location.toString().matches(".*\\.ya?ml")) {
            throw refused(value, "a " + builtIn.kind()
                    + " is a file that ends in .yaml or .yml, but this is '" + name.text() + "'");
        }
        if (chain.size() == LONGEST_CHAIN) {
            throw refused(value, "more than " + LONGEST_CHAIN + " " + builtIn.kind() + "s extend each other");
        }
        if (chain.stream().anyMatch(text -> text.location.equals(parent.location))) {
            throw refused(value, "a " + builtIn.kind() + " must not extend itself: "
                    + String.join(" -> ", chain.stream().map(RecipeText::name).toList()) + " -> " + parent.name());
        }
        return parent;
    }

    private Value.Keys read() {
        try (InputStream stream = location.toURL().openStream()) {
            Value value = YamlReader.read(stream, source);
            if (value instanceof Value.Keys keys) {
                return keys;
            }
            throw new UsageException(source.name() + ": a " + builtIn.kind() + " must be a map, but is " + value.words() + ".");
        } catch (IOException e) {
            throw new FailureException("The " + builtIn.kind() + " " + source.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static UsageException refused(Value value, String reason) {
        return new UsageException(value.at() + "  extends: " + reason + ".");
    }
}
