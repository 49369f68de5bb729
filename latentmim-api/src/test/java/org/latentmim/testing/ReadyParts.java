package org.latentmim.testing;

import java.util.IdentityHashMap;
import java.util.Map;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;

/** Components inside a configuration for tests, already built. Not thread-safe. */
public final class ReadyParts implements Parts {

    private record Named<T>(String name) implements Part<T> {}

    private final Map<Part<?>, Object> components = new IdentityHashMap<>();

    /** Returns the part that stands for a component. */
    public <T> Part<T> part(String name, T component) {
        Part<T> part = new Named<>(name);
        components.put(part, component);
        return part;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T build(Part<T> part) {
        if (!components.containsKey(part)) {
            throw new IllegalArgumentException("the part '" + part.name() + "' is not one of these");
        }
        return (T) components.get(part);
    }
}
