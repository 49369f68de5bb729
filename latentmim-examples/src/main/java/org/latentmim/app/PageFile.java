package org.latentmim.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;

/** The file of a page. */
record PageFile(Path path) {

    /** Names the file: the place itself if it ends in {@code .html} and is no folder, or else a file of this name in it. */
    static PageFile at(Path place, String name) {
        boolean isPage = place.getFileName().toString().endsWith(".html") && !Files.isDirectory(place);
        return new PageFile(isPage ? place : place.resolve(name));
    }

    /**
     * Looks whether the page could be written, and writes nothing.
     *
     * @throws FailureException if it could not
     */
    void check() {
        folder().check();
    }

    /**
     * Writes the page, all of it or nothing.
     *
     * @throws FailureException if it cannot be written
     */
    void write(String html) {
        folder().make();
        try {
            AtomicWrite.file(path, html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailureException("The page " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    private OutputFolder folder() {
        return new OutputFolder(path.toAbsolutePath().getParent());
    }
}
