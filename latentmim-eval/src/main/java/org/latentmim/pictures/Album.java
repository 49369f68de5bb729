package org.latentmim.pictures;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentmim.runtime.AtomicWrite;

/** A folder of pictures with a list of them. */
final class Album {

    private static final String LIST = "pictures.json";
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;
    private final List<Picture> pictures = new ArrayList<>();

    Album(Path folder) {
        this.folder = folder;
    }

    void add(String file, String group, String title, String caption, BufferedImage picture) throws IOException {
        AtomicWrite.file(folder.resolve(file), Png.of(picture));
        pictures.add(new Picture(file, title, caption, group));
    }

    /** Writes the list, when all pictures are there. */
    List<Picture> finish() throws IOException {
        AtomicWrite.file(folder.resolve(LIST), JSON.writeValueAsBytes(pictures));
        return List.copyOf(pictures);
    }
}
