package org.latentmim.spi;

/** Builds the components inside a component's configuration. A constructor may ask for it. */
public interface Parts {

    /**
     * Returns the component of a part; always the same for the same part of a recipe.
     *
     * @throws IllegalArgumentException if the part is not of the configuration that was handed to the constructor
     */
    <T> T build(Part<T> part);
}
