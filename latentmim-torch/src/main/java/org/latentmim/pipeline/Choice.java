package org.latentmim.pipeline;

import java.util.Objects;
import org.latentmim.spi.Component;

/**
 * A component that a recipe chose. In YAML a map with {@code name}, the component's own keys, and the keys that the framework
 * adds for this place; or the name alone. Two choices are equal if they choose the same, wherever they stand.
 *
 * @param component what the name means
 * @param config the component's own keys
 * @param extra the framework's keys; {@link Component.NoKeys} where it has none
 * @param place file and line, such as {@code quickstart.yaml:8}
 * @param path the keys that lead there, such as {@code losses.0}
 * @param <T> the SPI
 * @param <X> the record of the framework's keys
 */
public record Choice<T, X extends Record>(Component<T> component, Record config, X extra, String place, String path) {

    /** Returns the component's name. */
    public String name() {
        return component.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Choice<?, ?> choice
                && component.equals(choice.component)
                && config.equals(choice.config)
                && extra.equals(choice.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(component, config, extra);
    }
}
