package org.latentmim.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/**
 * Other images to judge a run by than its recipe's.
 *
 * @param name under which the scores stand
 * @param overrides what to change of the recipe
 * @param hasTrain whether some of them are to learn from
 */
record ImagesToJudge(String name, List<String> overrides, boolean hasTrain) {

    private static final String HELP = "Give a folder with train and test in it, a folder of images, or a YAML file with train and"
            + " test as below images in a recipe.";

    /** Reads what the command line names: folders or files with commas between them. */
    static List<ImagesToJudge> of(List<String> names, int channels) {
        return names.stream().flatMap(list -> Arrays.stream(list.split(","))).map(name -> one(Path.of(name), channels)).toList();
    }

    private static ImagesToJudge one(Path place, int channels) {
        if (Files.isDirectory(place)) {
            return folder(place, channels);
        }
        String file = place.getFileName() == null ? "" : place.getFileName().toString();
        if (!Files.isRegularFile(place) || !file.matches(".+\\.ya?ml")) {
            throw new UsageException("--on: there is no folder and no YAML file " + place + ". " + HELP);
        }
        try {
            String section = Files.readString(place);
            return new ImagesToJudge(file.replaceFirst("\\.ya?ml$", ""), List.of(
                    "images.train=null", "images.test=null", "images=" + section), section.matches("(?s)(.*\n)?train *:.*"));
        } catch (IOException e) {
            throw new FailureException("--on: " + place + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ImagesToJudge folder(Path folder, int channels) {
        Path train = folder.resolve("train");
        List<Path> tests = Stream.of("test", "val").map(folder::resolve).filter(Files::isDirectory).toList();
        boolean hasTrain = Files.isDirectory(train) && !tests.isEmpty();
        Path test = hasTrain ? tests.get(0) : folder;
        List<String> overrides = new ArrayList<>(set("images.test", test, channels));
        overrides.addAll(set("images.train", hasTrain ? train : test, channels));
        return new ImagesToJudge(folder.toAbsolutePath().normalize().getFileName().toString(), overrides, hasTrain);
    }

    private static List<String> set(String key, Path folder, int channels) {
        return List.of(key + "=null", key + "=" + Recipes.folder(folder, channels));
    }
}
