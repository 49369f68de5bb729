package org.latentmim.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The recorded results that the golden tests repeat, known by what they hold and not by their names. They lie in the folder that
 * the system property {@code latentmim.golden} names, or else in the test resources of any module: a folder {@code golden} whose
 * {@code index.txt} lists its files. A test that finds nothing to repeat fails. Thread-safe.
 */
public final class GoldenFiles {

    private static final String FOLDER = "golden/";
    private static List<Path> files;

    private GoldenFiles() {}

    /** Returns every recorded run of the published model. */
    public static List<Recording> models() {
        return recordings("of a model", recording -> recording.metadata().containsKey("config")
                && recording.names().contains("f64.prediction"));
    }

    /**
     * Returns the recordings that hold what a test wants.
     *
     * @param what for the message of the failure, such as {@code of a model}
     * @throws AssertionError if there is none
     */
    public static List<Recording> recordings(String what, Predicate<Recording> wanted) {
        List<Recording> found = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".safetensors")) {
                Recording recording = read(file);
                if (wanted.test(recording)) {
                    found.add(recording);
                }
            }
        }
        return atLeastOne(found, "recording " + what);
    }

    /**
     * Returns the tables whose head line names all the given columns, one line of cells after the other, the head first.
     *
     * @throws AssertionError if there is none
     */
    public static List<List<List<String>>> tables(String... columns) {
        List<List<List<String>>> found = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".csv")) {
                List<List<String>> table = lines(file).stream().map(line -> List.of(line.split(","))).toList();
                if (table.get(0).containsAll(List.of(columns))) {
                    found.add(table);
                }
            }
        }
        return atLeastOne(found, "table of " + String.join(", ", columns));
    }

    private static <T> List<T> atLeastOne(List<T> found, String what) {
        if (found.isEmpty()) {
            throw new AssertionError("no " + what + " among " + files());
        }
        return found;
    }

    private static synchronized List<Path> files() {
        if (files == null) {
            String folder = System.getProperty("latentmim.golden", "");
            try {
                files = folder.isBlank() ? resources() : list(Path.of(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<Path> resources() throws IOException {
        Path folder = Files.createTempDirectory("golden");
        folder.toFile().deleteOnExit();
        List<Path> copies = new ArrayList<>();
        for (URL index : Collections.list(GoldenFiles.class.getClassLoader().getResources(FOLDER + "index.txt"))) {
            try (BufferedReader names = new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                for (String name = names.readLine(); name != null; name = names.readLine()) {
                    Path copy = folder.resolve(name);
                    try (InputStream file = GoldenFiles.class.getClassLoader().getResource(FOLDER + name).openStream()) {
                        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                    copy.toFile().deleteOnExit();
                    copies.add(copy);
                }
            }
        }
        return copies;
    }

    private static Recording read(Path file) {
        try {
            return Recording.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
