package org.latentmim.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lays one piece of YAML over another. Maps are merged key by key; text and lists are replaced. A map that names another
 * component than the one below replaces it whole, for the keys of one component mean nothing to another. Text below a map counts
 * as the name of a component without keys.
 */
final class Inheritance {

    private Inheritance() {}

    /** Merges two recipes; the {@code name} of a recipe names no component. A map stands in the upper file, if that is a file. */
    static Value.Keys recipes(Value.Keys base, Value.Keys over) {
        Map<String, Value> merged = new LinkedHashMap<>(base.values());
        over.values().forEach((key, value) -> merged.merge(key, value, Inheritance::merge));
        return new Value.Keys(over.at().source().lines() ? over.at() : base.at(), Collections.unmodifiableMap(merged));
    }

    static Value merge(Value base, Value over) {
        return withKeys(base, over.at()) instanceof Value.Keys below
                        && over instanceof Value.Keys above
                        && !otherComponent(below, above)
                ? recipes(below, above)
                : over;
    }

    /** Returns the text {@code tiny} as the map {@code {name: tiny}}, and anything else as it is. */
    static Value withKeys(Value value, Position at) {
        return value instanceof Value.Scalar ? new Value.Keys(at, Map.of("name", value)) : value;
    }

    private static boolean otherComponent(Value.Keys base, Value.Keys over) {
        return base.values().get("name") instanceof Value.Scalar below
                && over.values().get("name") instanceof Value.Scalar above
                && !below.text().equals(above.text());
    }
}
