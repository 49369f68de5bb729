package org.latentmim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the pictures that every {@code pictures.json} in a folder names, up to what a page can carry. */
final class Pictures {

    private static final String LIST = "pictures.json";
    private static final long MOST_BYTES = 32 << 20;
    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int HEADER = 24; // signature, length and name of the first chunk, width, height
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path folder;
    private final Consumer<String> faults;
    private final List<Picture> pictures = new ArrayList<>();
    private long bytes;
    private int tooMany;

    private record Entry(String file, String title, String caption, String group) {}

    private Pictures(Path folder, Consumer<String> faults) {
        this.folder = folder;
        this.faults = faults;
    }

    static List<Picture> read(Path folder, Consumer<String> faults) throws IOException {
        Pictures reading = new Pictures(folder, faults);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path list : files.filter(file -> file.endsWith(LIST)).sorted().toList()) {
                reading.readListed(list);
            }
        }
        if (reading.tooMany > 0) {
            faults.accept("Of the pictures in " + folder.getFileName() + " the last " + reading.tooMany
                    + " are not shown: a page carries " + (MOST_BYTES >> 20) + " MiB of them.");
        }
        return List.copyOf(reading.pictures);
    }

    private void readListed(Path list) throws IOException {
        Entry[] entries;
        try {
            entries = JSON.readValue(Files.readAllBytes(list), Entry[].class);
        } catch (JsonProcessingException e) {
            faults.accept(relative(list) + " is no list of pictures, and left out.");
            return;
        }
        for (Entry entry : entries) {
            add(list, entry);
        }
    }

    private void add(Path list, Entry entry) throws IOException {
        String name = entry == null || entry.file() == null ? "" : entry.file();
        Path file = list.resolveSibling(name).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            faults.accept(relative(list) + " names a picture '" + name + "' that is not there.");
            return;
        }
        if (bytes + Files.size(file) > MOST_BYTES) {
            tooMany++;
            return;
        }
        byte[] png = Files.readAllBytes(file);
        if (png.length < HEADER || ByteBuffer.wrap(png).getLong() != PNG) {
            faults.accept(relative(file) + " is no PNG, and left out.");
            return;
        }
        bytes += png.length;
        ByteBuffer header = ByteBuffer.wrap(png);
        pictures.add(new Picture(text(entry.title(), name), text(entry.caption(), ""), text(entry.group(), ""),
                header.getInt(16), header.getInt(20), png));
    }

    private Path relative(Path file) {
        return folder.resolveSibling("").relativize(file);
    }

    private static String text(String given, String other) {
        return given == null || given.isBlank() ? other : given;
    }
}
