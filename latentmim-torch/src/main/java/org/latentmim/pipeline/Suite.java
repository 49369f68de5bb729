package org.latentmim.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.latentmim.spi.Meaning;

/**
 * Recipes that differ in what is asked about, each to be run with several seeds and compared: an ablation. Immutable.
 *
 * @param name what the suite is called, as a folder is
 * @param question what it asks
 * @param claim what is believed, to hold the results against
 * @param form how large it is
 * @param seeds of the runs of each variant, each once
 * @param base the name of the variant that the others are compared with
 * @param variants in the order in which to run and to show them
 */
public record Suite(String name, String question, Optional<String> claim, Form form, List<Long> seeds, String base,
        List<Variant> variants) {

    private static final String NAME = "[a-z0-9][a-z0-9._-]*";

    /** How large a suite is: from seconds on embedded images to that of the paper. */
    public enum Form {
        SMOKE, CPU, GPU, PAPER;

        /** Returns the form as one writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What variants have equal: how many images they see, or how many operations their training takes. */
    @Meaning("What a variant has in common with the base")
    public enum Equal { IMAGES, OPERATIONS }

    /**
     * One of the recipes to compare.
     *
     * @param name unique in the suite, as a folder is
     * @param about what it is, in some words; may be empty
     * @param recipe of its runs, but for the seed
     * @param equal if operations, its epochs are those that take as many operations as the base's
     */
    public record Variant(String name, String about, Recipe recipe, Equal equal) {

        /**
         * @throws IllegalArgumentException if the name is none for a folder
         */
        public Variant {
            checkName(name);
        }

        /** A variant that sees as many images as its recipe says. */
        public Variant(String name, String about, Recipe recipe) {
            this(name, about, recipe, Equal.IMAGES);
        }
    }

    /**
     * @throws IllegalArgumentException if there are no seeds or variants, one stands twice, or the base is none of them
     */
    public Suite {
        checkName(name);
        seeds = List.copyOf(seeds);
        variants = List.copyOf(variants);
        unique("seeds", seeds);
        List<String> names = variants.stream().map(Variant::name).toList();
        unique("variants", names);
        if (!names.contains(base)) {
            throw new IllegalArgumentException("base must be one of " + String.join(", ", names) + ", but is '" + base + "'");
        }
    }

    /**
     * Returns the variant of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Variant variant(String name) {
        List<String> known = variants.stream().map(Variant::name).toList();
        return variants.stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no variant '" + name + "' in " + this.name + "."
                        + Spelling.suggestion(name, known) + " There are: " + String.join(", ", known)));
    }

    static void checkName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("name must be small letters, digits, dots, underscores and hyphens, as it names a"
                    + " folder, but is '" + name + "'");
        }
    }

    private static void unique(String what, List<?> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException(what + " must have at least one");
        }
        Set<Object> seen = new HashSet<>();
        for (Object one : all) {
            if (!seen.add(one)) {
                throw new IllegalArgumentException(what + " must have each once, but have '" + one + "' twice");
            }
        }
    }
}
