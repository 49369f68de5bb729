package org.latentmim.pipeline;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.stream.Stream;
import org.latentmim.testing.PluginBuild;

/** Jars of plugins that are compiled in a test, perhaps against a plugin interface that is not ours. */
record OutsideJars(Path folder) {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    /** Compiles one class of {@code org.example} and packs it with a service file that names it. */
    Path jar(String name, String source, Map<String, String> manifest) throws IOException {
        return build(name, source).naming("org.example." + name).pack(folder.resolve(name + ".jar"), manifest);
    }

    /** The same with a service file that names something else. */
    Path misnamed(String name, String source, String plugin) throws IOException {
        return build(name, source).naming(plugin).pack(folder.resolve(name + ".jar"), Map.of());
    }

    private PluginBuild build(String name, String source) throws IOException {
        String classPath = Files.isDirectory(otherApi()) ? otherApi() + File.pathSeparator + CLASS_PATH : CLASS_PATH;
        return new PluginBuild(folder.resolve(name)).compile(classPath, "org.example." + name, "package org.example;\n" + source);
    }

    private Path otherApi() {
        return folder.resolve("other-api");
    }

    /** A class of the plugin interface as other jars see it when they are compiled from now on. */
    OutsideJars compiledAgainst(String type, String source) throws IOException {
        new PluginBuild(otherApi()).compile(CLASS_PATH, type, source);
        return this;
    }

    /** The framework with some jars beside it; no other plugins are found. */
    static URLClassLoader loader(Path... jars) {
        URL[] urls = Stream.of(jars).map(OutsideJars::url).toArray(URL[]::new);
        return new URLClassLoader(urls, OutsideJars.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return findResources(name);
            }
        };
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
