package org.latentmim.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The folder of a run that was made by hand. */
public record RunFolder(Path path) {

    /** Makes a folder with nothing but a recipe. */
    public static RunFolder of(Path path, String recipe) {
        return new RunFolder(path).with("recipe.yaml", recipe);
    }

    /** Writes a file, with quotes in place of apostrophes where it is JSON. */
    public RunFolder with(String file, String text) {
        return with(file, (file.contains(".json") ? text.replace('\'', '"') : text).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file. */
    public RunFolder with(String file, byte[] bytes) {
        try {
            Files.createDirectories(path.resolve(file).getParent());
            Files.write(path.resolve(file), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads it as the report does. */
    public RunRecord read() {
        return RunRecord.read(path);
    }

    /** Returns a file of a score in JSON. */
    public static String score(String representation, double epoch, String name, double value, String more) {
        return "{'representation': '" + representation + "', 'epoch': " + epoch + ", 'evaluator': 'nearest-neighbor', 'score': "
                + "{'name': '" + name + "', 'value': " + value + ", 'unit': '%', 'images': 2000,"
                + " 'protocol': 'by cosine'" + more + "}}";
    }

    /** Returns a PNG of one colour. */
    public static byte[] png(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
