package org.latentmim.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Component;
import org.latentmim.spi.Plugin;

/** Every component that the plugins on the class path offer, by SPI and name. Immutable. */
public final class Catalogue {

    private record Offer(Component<?> component, Class<? extends Plugin> plugin) {}

    private final Map<Class<?>, SortedMap<String, Offer>> offers = new HashMap<>();

    private Catalogue(List<? extends Plugin> plugins) {
        SpiWords.ALL.keySet().forEach(spi -> offers.put(spi, new TreeMap<>()));
        for (Plugin plugin : plugins) {
            components(plugin).forEach(component -> add(new Offer(component, plugin.getClass())));
        }
    }

    private static List<Component<?>> components(Plugin plugin) {
        try {
            return plugin.components();
        } catch (RuntimeException | LinkageError e) {
            throw new UsageException(
                    "The plugin " + PluginJar.words(plugin.getClass()) + " cannot say what it offers: " + e + ".", e);
        }
    }

    /**
     * Finds the plugins on the class path.
     *
     * @throws UsageException if one cannot be loaded or was built for another version, or two components share SPI and name
     */
    public static Catalogue find() {
        return find(Catalogue.class.getClassLoader());
    }

    static Catalogue find(ClassLoader loader) {
        List<Plugin> plugins = new ArrayList<>();
        Set<String> loaded = new HashSet<>();
        for (PluginJar jar : PluginJar.all(loader)) {
            jar.plugins().stream().filter(loaded::add).forEach(plugin -> plugins.add(jar.load(plugin, loader)));
        }
        return new Catalogue(plugins);
    }

    /**
     * Makes a catalogue of some plugins.
     *
     * @throws UsageException if two components share SPI and name
     */
    public static Catalogue of(List<? extends Plugin> plugins) {
        return new Catalogue(plugins);
    }

    /** Describes all components for people, in the order in which a recipe names their SPIs. */
    public List<Description> describe() {
        return SpiWords.ALL.entrySet().stream()
                .map(spi -> new Description(
                        spi.getValue(),
                        offers.get(spi.getKey()).values().stream()
                                .map(offer -> Description.entry(offer.component(), offer.plugin()))
                                .toList()))
                .toList();
    }

    Optional<Component<?>> component(Class<?> spi, String name) {
        return Optional.ofNullable(offers.get(spi).get(name)).map(Offer::component);
    }

    /** Says that there is no component of a name, and which there are. */
    String unknown(Class<?> spi, String name) {
        return "there is no " + SpiWords.of(spi) + " '" + name + "'."
                + Spelling.suggestion(name, offers.get(spi).keySet()) + " " + known(spi);
    }

    /** Says which components there are. */
    String known(Class<?> spi) {
        return offers.get(spi).values().stream()
                .map(offer -> offer.component().name() + " (" + offer.plugin().getSimpleName() + ")")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), all -> all.isEmpty() ? "There are none" : "There are: " + all));
    }

    private void add(Offer offer) {
        Component<?> component = offer.component();
        String plugin = PluginJar.words(offer.plugin());
        if (!offers.containsKey(component.spi())) {
            throw new UsageException(plugin + " offers '" + component.name() + "' as a " + component.spi().getName()
                    + ", which is nothing that a plugin can implement.");
        }
        String words = "The " + SpiWords.of(component.spi()) + " '" + component.name() + "' of " + plugin;
        try {
            Description.keys(component.config());
        } catch (IllegalArgumentException e) {
            throw new UsageException(words + " has " + e.getMessage() + ".", e);
        }
        List<String> taken = new ArrayList<>(RecordKey.names(Description.frameworkKeys(component.spi())));
        taken.add("name");
        taken.retainAll(RecordKey.names(component.config()));
        if (!taken.isEmpty()) {
            throw new UsageException(words + " has the key '" + taken.get(0) + "', which the framework takes for itself.");
        }
        Offer other = offers.get(component.spi()).putIfAbsent(component.name(), offer);
        if (other != null) {
            throw new UsageException("There are two components for the " + SpiWords.of(component.spi()) + " '" + component.name()
                    + "': one of " + PluginJar.words(other.plugin()) + ", one of " + plugin + ". Leave one of them out.");
        }
    }
}
