package org.latentmim.spi;

/**
 * A component inside the configuration of another one: in a recipe a name, or a map with the name and the component's keys, as
 * everywhere. A configuration record holds a {@code Part<MaskSampler>}, an {@code Optional} or a {@code List} of them, and the
 * constructor has them built by {@link Parts}. Immutable.
 *
 * @param <T> the SPI
 */
public interface Part<T> {

    /** Returns the component's name. */
    String name();
}
