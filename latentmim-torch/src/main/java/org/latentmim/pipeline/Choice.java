package org.latentmim.pipeline;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.latentmim.spi.Component;
import org.latentmim.spi.Part;

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
public record Choice<T, X extends Record>(Component<T> component, Record config, X extra, String place, String path)
        implements Part<T> {

    /** Returns the component's name. */
    @Override
    public String name() {
        return component.name();
    }

    /** Returns the choice as one line of YAML with all of its keys, such as {@code {name: random, visible: 8}}. */
    public String toYaml() {
        return RecipeWriter.line(this);
    }

    /** Returns the components that a configuration names, also those in lists, optionals and records in it, but not theirs. */
    static List<Choice<?, ?>> inside(Record config) {
        List<Choice<?, ?>> found = new ArrayList<>();
        for (RecordComponent key : config.getClass().getRecordComponents()) {
            collect(RecipeWriter.value(config, key), found);
        }
        return found;
    }

    private static void collect(Object value, List<Choice<?, ?>> found) {
        if (value instanceof Choice<?, ?> choice) {
            found.add(choice);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> collect(present, found));
        } else if (value instanceof List<?> list) {
            list.forEach(entry -> collect(entry, found));
        } else if (value instanceof Record record) {
            found.addAll(inside(record));
        }
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
