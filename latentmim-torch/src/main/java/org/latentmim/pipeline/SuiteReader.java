package org.latentmim.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.latentmim.pipeline.Suite.Form;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/** Reads suites: a file or a built-in suite, and what it {@code extends}. Immutable. */
public final class SuiteReader {

    private static final int MOST_VARIANTS = 1000;

    private final Catalogue catalogue;
    private final BuiltInRecipes suites;
    private final BuiltInRecipes recipes;

    public SuiteReader(Catalogue catalogue, BuiltInRecipes suites, BuiltInRecipes recipes) {
        this.catalogue = catalogue;
        this.suites = suites;
        this.recipes = recipes;
    }

    /** A variant as far as it is known before its recipe is read. */
    private record Draft(SuiteText.Entry entry, String suffix, UnaryOperator<Value.Keys> changes) {

        Draft and(String path, Value value) {
            CommandLineOverride more = CommandLineOverride.of(path, value);
            return new Draft(entry, suffix + word(path, value), keys -> more.applyTo(changes.apply(keys)));
        }

        String name() {
            return entry.name() + suffix;
        }

        /** What a value adds to the name: a component's, or else its key, if the name does not end in it, and what it is. */
        private String word(String path, Value value) {
            if (value instanceof Value.Keys map && map.values().get("name") instanceof Value.Scalar component) {
                return folder("-" + component.text());
            }
            String key = "-" + path.substring(path.lastIndexOf('.') + 1);
            String words = value instanceof Value.Scalar scalar
                    ? scalar.text()
                    : value instanceof Value.Nothing ? "none" : "other";
            return folder((("-" + name()).endsWith(key) ? "" : key) + "-" + words);
        }

        private static String folder(String words) {
            return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        }
    }

    /**
     * Reads a suite in one of its forms.
     *
     * @param suite a file, or the name of a built-in suite
     * @param form which form; the only one, or else smoke, if it is left out
     * @param overrides of the recipe that all variants change, such as {@code train.epochs=5}; later ones win, and what a variant
     *     changes itself wins over all
     * @throws UsageException with all mistakes of the suite and of its recipes, or the first that keeps it from being read
     * @throws FailureException if a file cannot be read
     */
    public Suite read(String suite, Optional<Form> form, List<String> overrides) {
        RecipeText text = RecipeText.find(suite, suites);
        Problems problems = new Problems();
        Value.Keys keys = text.withInherited();
        Optional<SuiteText> bound = new RecordBinder(catalogue, problems).bind(SuiteText.class, keys, "");
        problems.throwIfAny(text.name());
        return new Reading(text, keys, bound.orElseThrow(), problems).suite(form, overrides);
    }

    /** The reading of one suite. */
    private final class Reading {

        private final RecipeText text;
        private final Value.Keys keys;
        private final SuiteText suite;
        private final Problems problems;

        private Reading(RecipeText text, Value.Keys keys, SuiteText suite, Problems problems) {
            this.text = text;
            this.keys = keys;
            this.suite = suite;
            this.problems = problems;
        }

        private Suite suite(Optional<Form> wanted, List<String> overrides) {
            Form form = wanted.orElseGet(this::standard);
            SuiteText.Size size = suite.forms().of(form).orElseThrow(() -> new UsageException(text.name() + " has no form '"
                    + form.word() + "'. There are: " + String.join(", ", forms().stream().map(Form::word).toList())));
            Value.Keys base = overridden(
                    Inheritance.recipes(Inheritance.recipes(recipe(form, size), suite.change()), size.change()), overrides);
            bind(base); // so that its own mistakes are told once
            problems.throwIfAny(text.name());
            List<Variant> variants = new ArrayList<>();
            for (Draft draft : drafts(form)) {
                bind(draft.changes().apply(base)).ifPresent(recipe -> variants.add(
                        new Variant(draft.name(), draft.entry().about(), recipe, draft.entry().equal())));
            }
            problems.throwIfAny(text.name());
            return checked(form, size, variants);
        }

        private List<Form> forms() {
            return Arrays.stream(Form.values()).filter(form -> suite.forms().of(form).isPresent()).toList();
        }

        private Form standard() {
            return forms().size() == 1 ? forms().get(0) : Form.SMOKE;
        }

        private Value.Keys recipe(Form form, SuiteText.Size size) {
            return RecipeText.find(size.recipe(), text.folder(), recipes)
                    .orElseThrow(() -> new UsageException(text.name() + "  forms." + form.word() + ".recipe: "
                            + RecipeText.missing(size.recipe(), recipes)))
                    .withInherited();
        }

        private Value.Keys overridden(Value.Keys recipe, List<String> overrides) {
            Value.Keys result = recipe;
            for (String override : overrides) {
                result = CommandLineOverride.parse(override).applyTo(result);
            }
            return result;
        }

        private Optional<Recipe> bind(Value.Keys recipe) {
            return new RecordBinder(catalogue, problems).bind(Recipe.class, recipe, "");
        }

        private Suite checked(Form form, SuiteText.Size size, List<Variant> variants) {
            try {
                String base = suite.base().orElseGet(() -> variants.isEmpty() ? "" : variants.get(0).name());
                return new Suite(suite.name(), suite.question(), suite.claim(), form, size.seeds(), base, variants);
            } catch (IllegalArgumentException e) {
                throw new UsageException(text.name() + ": " + e.getMessage() + ".", e);
            }
        }

        /** The variants of a form, each with all changes that lead to it. */
        private List<Draft> drafts(Form form) {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < suite.variants().size(); i++) {
                SuiteText.Entry entry = suite.variants().get(i);
                if (entry.isIn(form)) {
                    List<SuiteText.Entry> chain = new ArrayList<>();
                    below(entry, form, chain);
                    drafts.addAll(grid(new Draft(entry, "", recipe -> changed(recipe, chain, form)), "variants." + i + ".grid"));
                }
            }
            if (drafts.size() > MOST_VARIANTS) {
                throw new UsageException(
                        text.name() + " has " + drafts.size() + " variants, but at most " + MOST_VARIANTS + " can be run.");
            }
            return drafts;
        }

        /** Adds an entry after those that it stands on. */
        private void below(SuiteText.Entry entry, Form form, List<SuiteText.Entry> chain) {
            if (chain.size() == suite.variants().size()) {
                throw refused(entry, "a variant must not stand on itself.");
            }
            chain.add(0, entry);
            entry.on().ifPresent(on -> below(named(on, entry, form), form, chain));
        }

        private SuiteText.Entry named(String name, SuiteText.Entry user, Form form) {
            List<SuiteText.Entry> all = suite.variants().stream().filter(entry -> entry.name().equals(name)).toList();
            return all.stream()
                    .filter(entry -> entry.isIn(form))
                    .findFirst()
                    .or(() -> all.stream().findFirst())
                    .orElseThrow(() -> refused(user, "there is no variant '" + name + "'."
                            + Spelling.suggestion(name, suite.variants().stream().map(SuiteText.Entry::name).toList())));
        }

        private UsageException refused(SuiteText.Entry entry, String reason) {
            return new UsageException(
                    text.name() + "  variants." + suite.variants().indexOf(entry) + ".on: " + reason);
        }

        private static Value.Keys changed(Value.Keys recipe, List<SuiteText.Entry> chain, Form form) {
            Value.Keys result = recipe;
            for (SuiteText.Entry entry : chain) {
                result = Inheritance.recipes(Inheritance.recipes(result, entry.change()), entry.in().of(form));
            }
            return result;
        }

        private List<Draft> grid(Draft draft, String path) {
            List<Draft> combined = List.of(draft);
            for (Map.Entry<String, Value> axis : draft.entry().grid().values().entrySet()) {
                String key = axis.getKey();
                if (!CommandLineOverride.isPath(key)) {
                    problems.add(axis.getValue().at(), path, "'" + key + "' must be the path of a key, such as target.from");
                    return List.of();
                }
                if (!(axis.getValue() instanceof Value.Items list) || list.values().isEmpty()) {
                    String words = axis.getValue() instanceof Value.Items ? "empty" : axis.getValue().words();
                    problems.add(axis.getValue().at(), path + "." + key, "must be a list of values, but is " + words);
                    return List.of();
                }
                combined = combined.stream()
                        .flatMap(each -> list.values().stream()
                                .map(value -> each.and(key, value)))
                        .toList();
            }
            return combined;
        }
    }
}
