package org.latentmim.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of one moment of a run. Immutable.
 *
 * @param step optimizer steps done
 * @param epoch passes over the images done, with their fraction
 * @param values by name, such as {@code loss} or {@code similarity/predicted}, in the order in which to show them
 */
public record Metrics(long step, double epoch, Map<String, Double> values) {

    /** Copies the values. */
    public Metrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
