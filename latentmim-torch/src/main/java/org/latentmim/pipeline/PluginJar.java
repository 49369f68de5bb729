package org.latentmim.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Plugin;

/**
 * A jar, or a folder of classes, that offers plugins. Reads what {@link java.util.ServiceLoader} reads, which does not tell where
 * a plugin comes from that it cannot load.
 *
 * @param place in words: the path, where it is a file
 * @param version the version of the plugin interface that it says it was built for
 * @param plugins the classes that it names
 */
record PluginJar(String place, Optional<String> version, List<String> plugins) {

    private static final String SERVICE = "META-INF/services/" + Plugin.class.getName();
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String VERSION = "Latent-MIM-Api";

    /** Finds all on the class path. */
    static List<PluginJar> all(ClassLoader loader) {
        List<PluginJar> jars = new ArrayList<>();
        try {
            for (URL service : Collections.list(loader.getResources(SERVICE))) {
                jars.add(read(service));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }

    /** Says which jar or folder a class came from, in the words of {@link #place}; empty for classes of Java itself. */
    static Optional<String> placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? Optional.empty()
                : Optional.of(place(source.getLocation().toString()));
    }

    /** Returns the name of a class and where it came from. */
    static String words(Class<?> type) {
        return type.getName() + placeOf(type).map(place -> " in " + place).orElse("");
    }

    /**
     * Makes a plugin of this jar.
     *
     * @throws UsageException if that cannot be done, or the jar was built for another version
     */
    Plugin load(String plugin, ClassLoader loader) {
        if (!version.orElse("" + Plugin.API_VERSION).equals("" + Plugin.API_VERSION)) {
            throw new UsageException(place + " was built for version " + version.get() + " of the plugin interface, and this is"
                    + " version " + Plugin.API_VERSION + "; ask for a build for version "
                    + Plugin.API_VERSION + ", or leave it out.");
        }
        try {
            return Class.forName(plugin, true, loader).asSubclass(Plugin.class).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw refused(plugin, "there is no such class", e);
        } catch (ClassCastException e) {
            throw refused(plugin, "it does not implement " + Plugin.class.getName(), e);
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw refused(plugin, "it must be public, with a public constructor without arguments", e);
        } catch (InvocationTargetException e) {
            throw refused(plugin, "its constructor failed: " + e.getCause(), e.getCause());
        } catch (LinkageError e) {
            throw refused(plugin, String.valueOf(e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private UsageException refused(String plugin, String reason, Throwable cause) {
        return new UsageException("The plugin " + plugin + " in " + place + " cannot be loaded: " + reason + ".", cause);
    }

    private static PluginJar read(URL service) throws IOException {
        String root = service.toString().substring(0, service.toString().length() - SERVICE.length());
        List<String> plugins;
        try (InputStream stream = open(service)) {
            plugins = new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
        return new PluginJar(place(root), version(new URL(root + MANIFEST)), plugins);
    }

    private static Optional<String> version(URL manifest) throws IOException {
        try (InputStream stream = open(manifest)) {
            return Optional.ofNullable(new Manifest(stream).getMainAttributes().getValue(VERSION));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Past the cache, which keeps jars open that are long gone. */
    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static String place(String root) {
        String url = root.replaceFirst("^jar:", "").replaceFirst("!/$", "");
        return url.startsWith("file:") ? Path.of(URI.create(url)).toString() : url;
    }
}
