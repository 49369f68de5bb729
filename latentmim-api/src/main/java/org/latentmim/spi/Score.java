package org.latentmim.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One measured number with what must be known to repeat it.
 *
 * @param name short and unique in its evaluator, such as {@code 1-nn leave-one-out}
 * @param value the number, in the unit
 * @param unit such as {@code %}; empty for a bare number
 * @param images how many images were judged
 * @param protocol how, in one line
 * @param interval how far chance may have moved it, if that was found
 * @param settings what decides the number, by name, such as {@code k}, {@code gallery} or {@code seeds}: what the evaluator adds to
 *     {@link Representation#settings}; its order is kept
 */
public record Score(String name, double value, String unit, int images, String protocol, Optional<Interval> interval,
        Map<String, String> settings) {

    /** Missing parts, as of records written by earlier versions, are empty. */
    public Score {
        interval = Objects.requireNonNullElse(interval, Optional.empty());
        settings = settings == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A score without interval and settings. */
    public Score(String name, double value, String unit, int images, String protocol) {
        this(name, value, unit, images, protocol, Optional.empty(), Map.of());
    }

    /** Returns this score with an interval. */
    public Score within(Interval found) {
        return new Score(name, value, unit, images, protocol, Optional.of(found), settings);
    }

    /** Returns this score with one more setting. */
    public Score with(String key, Object setting) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, setting.toString());
        return new Score(name, value, unit, images, protocol, interval, more);
    }
}
