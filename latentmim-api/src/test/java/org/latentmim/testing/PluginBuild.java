package org.latentmim.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.latentmim.spi.Plugin;

/**
 * Builds a plugin in a test as its author would: compiles sources and packs a jar. Warnings are errors.
 *
 * @param classes the folder of the compiled classes, and of all that belongs into the jar with them
 */
public record PluginBuild(Path classes) {

    /**
     * Compiles one source file from its text, which is written beside the classes.
     *
     * @param type the full name of the class in it
     */
    public PluginBuild compile(String classPath, String type, String source) throws IOException {
        Path file = classes.resolveSibling(classes.getFileName() + "-sources").resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        return compile(classPath, List.of(Files.writeString(file, source)));
    }

    /** Compiles source files. */
    public PluginBuild compile(String classPath, List<Path> sources) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of("--release", "17", "-Xlint:all,-try,-processing,-classfile", "-Werror", "-proc:none",
                    "-parameters", "-cp", classPath, "-d", classes.toString());
            List<String> complaints = new ArrayList<>();
            boolean done = compiler.getTask(null, files, complaint -> complaints.add(complaint.toString()), options, null,
                    files.getJavaFileObjectsFromPaths(sources)).call();
            if (!done) {
                throw new AssertionError(String.join("\n", complaints));
            }
        }
        return this;
    }

    /** Names the plugins in a service file. */
    public PluginBuild naming(String... plugins) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.write(services.resolve(Plugin.class.getName()), List.of(plugins));
        return this;
    }

    /** Packs a jar. */
    public Path pack(Path jar, Map<String, String> manifestEntries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifestEntries.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream stream = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(stream, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                entries.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
