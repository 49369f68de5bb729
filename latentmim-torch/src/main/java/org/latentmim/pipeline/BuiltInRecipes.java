package org.latentmim.pipeline;

import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Recipes that come with the program and go by their name.
 *
 * @param byName where each one's YAML lies
 */
public record BuiltInRecipes(SortedMap<String, URL> byName) {

    /** No recipes. */
    public static final BuiltInRecipes NONE = new BuiltInRecipes(new TreeMap<>());

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
        SortedMap<String, URL> byName = new TreeMap<>();
        for (String name : names) {
            URL url = loader.getResource("recipes/" + name + ".yaml");
            if (url == null) {
                throw new IllegalArgumentException("there is no recipes/" + name + ".yaml on the class path");
            }
            byName.put(name, url);
        }
        return new BuiltInRecipes(byName);
    }
}
