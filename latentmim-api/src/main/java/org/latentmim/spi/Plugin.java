package org.latentmim.spi;

import java.util.List;

/**
 * A jar's entry in the catalogue: it lists what a recipe can name. Implementations are public, have a public constructor without
 * arguments and are named in {@code META-INF/services/org.latentmim.spi.Plugin}. A plugin has no state and does no work.
 */
@FunctionalInterface
public interface Plugin {

    /** Returns the components of this plugin; names must be unique for each SPI over all plugins. */
    List<Component<?>> components();
}
