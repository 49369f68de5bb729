package org.latentmim.pipeline;

import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Recipes that come with the program and go by their name; or what else is written and inherited as recipes are.
 *
 * @param kind what they are called: recipe or suite
 * @param byName where each one's YAML lies
 */
public record BuiltInRecipes(String kind, SortedMap<String, URL> byName) {

    /** No recipes. */
    public static final BuiltInRecipes NONE = new BuiltInRecipes(new TreeMap<>());

    /** Recipes. */
    public BuiltInRecipes(SortedMap<String, URL> byName) {
        this("recipe", byName);
    }

    /** Copies the map. */
    public BuiltInRecipes {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /**
     * Returns the recipes {@code recipes/<name>.yaml} of a class path.
     *
     * @throws IllegalArgumentException if one is not there
     */
    public static BuiltInRecipes onClassPath(ClassLoader loader, List<String> names) {
        return onClassPath(loader, "recipe", names);
    }

    /**
     * Returns the suites {@code suites/<name>.yaml} of a class path.
     *
     * @throws IllegalArgumentException if one is not there
     */
    public static BuiltInRecipes suitesOnClassPath(ClassLoader loader, List<String> names) {
        return onClassPath(loader, "suite", names);
    }

    private static BuiltInRecipes onClassPath(ClassLoader loader, String kind, List<String> names) {
        SortedMap<String, URL> byName = new TreeMap<>();
        for (String name : names) {
            URL url = loader.getResource(kind + "s/" + name + ".yaml");
            if (url == null) {
                throw new IllegalArgumentException("there is no " + kind + "s/" + name + ".yaml on the class path");
            }
            byName.put(name, url);
        }
        return new BuiltInRecipes(kind, byName);
    }
}
