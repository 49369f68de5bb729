package org.latentmim.spi;

import java.util.List;

/**
 * A jar's entry in the catalogue: it lists what a recipe can name. Implementations are public, have a public constructor without
 * arguments and are named in {@code META-INF/services/org.latentmim.spi.Plugin}. A plugin has no state and does no work.
 *
 * <p>A jar may say by {@code Latent-MIM-Api} in its manifest which {@link #API_VERSION} it was built for; the framework refuses
 * one that was built for another, before any class of it is loaded.
 */
@FunctionalInterface
public interface Plugin {

    /** The version of this package. It rises when a plugin that was built before no longer works. */
    int API_VERSION = 1;

    /** Returns the components of this plugin; names must be unique for each SPI over all plugins. */
    List<Component<?>> components();
}
