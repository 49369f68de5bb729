package org.latentmim.spi;

import java.util.Objects;

/**
 * One thing that a recipe can name: an implementation of an SPI with the record that its keys bind to.
 *
 * <p>The implementation has one constructor annotated with {@code jakarta.inject.Inject}, of any visibility. It may ask for its
 * configuration record, for {@link Parts}, for {@link org.latentmim.patch.PatchGrid} (unless it is an {@link ImageSet}, which
 * decides the channels of the grid), and for what its SPI's documentation names beside it.
 *
 * @param <T> the SPI
 * @param spi one of the interfaces of this package
 * @param name the name in the recipe: lower case words joined by hyphens
 * @param implementation the class to build
 * @param config the record of the component's keys; {@link NoKeys} if it has none
 */
public record Component<T>(Class<T> spi, String name, Class<? extends T> implementation, Class<? extends Record> config) {

    /**
     * @throws IllegalArgumentException if the name is not made of lower case words joined by hyphens
     */
    public Component {
        Objects.requireNonNull(spi, "spi");
        Objects.requireNonNull(implementation, "implementation");
        Objects.requireNonNull(config, "config");
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a component's name is made of lower case words joined by hyphens, but is '" + name + "'");
        }
    }

    /** Returns a component that is configured by a record. */
    public static <T> Component<T> of(
            Class<T> spi, String name, Class<? extends T> implementation, Class<? extends Record> config) {
        return new Component<>(spi, name, implementation, config);
    }

    /** Returns a component without keys of its own. */
    public static <T> Component<T> of(Class<T> spi, String name, Class<? extends T> implementation) {
        return new Component<>(spi, name, implementation, NoKeys.class);
    }

    /** The configuration of a component that has none. */
    public record NoKeys() {}
}
