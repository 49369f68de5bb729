package org.latentmim.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.latentmim.data.LabelMapFile;
import org.latentmim.spi.LabelMap;

/**
 * One video with a mask for every frame.
 *
 * @param frames files, in order
 * @param masks a file for each frame
 */
record Video(String name, List<Path> frames, List<Path> masks) {

    private static final int VOID = 255;
    private static final int FEWEST = 3; // the first is given, and neither it nor the last is judged
    private static final Path FRAMES = Path.of("JPEGImages", "480p");
    private static final Path MASKS = Path.of("Annotations", "480p");

    /**
     * Finds videos in a folder that is laid out as DAVIS: {@code JPEGImages/480p/VIDEO/00000.jpg} and
     * {@code Annotations/480p/VIDEO/00000.png}.
     *
     * @param names which; all if empty
     * @throws IllegalArgumentException if one is not there or not whole
     */
    static List<Video> in(Path folder, List<String> names) throws IOException {
        for (Path part : List.of(FRAMES, MASKS)) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw refused("needs a folder " + folder.resolve(part) + ", and there is none");
            }
        }
        List<String> wanted = names.isEmpty() ? entries(folder.resolve(FRAMES), "") : names;
        if (wanted.isEmpty()) {
            throw refused("finds no videos in " + folder.resolve(FRAMES));
        }
        List<Video> videos = new ArrayList<>();
        for (String name : wanted) {
            videos.add(open(name, folder.resolve(FRAMES).resolve(name), folder.resolve(MASKS).resolve(name)));
        }
        return videos;
    }

    private static Video open(String name, Path frameFolder, Path maskFolder) throws IOException {
        for (Path folder : List.of(frameFolder, maskFolder)) {
            if (!Files.isDirectory(folder)) {
                throw refused("needs frames and masks of '" + name + "', but there is no folder " + folder);
            }
        }
        TreeSet<String> numbers = new TreeSet<>(entries(frameFolder, ".jpg"));
        numbers.addAll(entries(maskFolder, ".png"));
        if (numbers.size() < FEWEST) {
            throw refused("needs at least " + FEWEST + " frames to judge by, named as 00000.jpg, but '" + name + "' has "
                    + numbers.size());
        }
        List<Path> frames = new ArrayList<>();
        List<Path> masks = new ArrayList<>();
        for (int number = Integer.parseInt(numbers.first()); number <= Integer.parseInt(numbers.last()); number++) {
            String stem = String.format(Locale.ROOT, "%05d", number);
            frames.add(existing(frameFolder.resolve(stem + ".jpg"), "frame", name));
            masks.add(existing(maskFolder.resolve(stem + ".png"), "mask", name));
        }
        return new Video(name, List.copyOf(frames), List.copyOf(masks));
    }

    private static Path existing(Path file, String what, String video) {
        if (!Files.isRegularFile(file)) {
            throw refused("needs every " + what + " of '" + video + "', but there is no " + file);
        }
        return file;
    }

    /** Returns the folders, or the numbers that files with this ending are named by, sorted. */
    private static List<String> entries(Path folder, String ending) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry) == ending.isEmpty())
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> ending.isEmpty() ? !name.startsWith(".") : name.matches("[0-9]{5}\\" + ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads the masks, with objects numbered from 1. Pixels of 255 belong to nothing, as in DAVIS 2017; but if the first mask has
     * no other object, as in DAVIS 2016, they are object 1.
     *
     * @throws IllegalArgumentException if they differ in size, or the first has no object
     */
    List<LabelMap> truth() throws IOException {
        List<LabelMap> truth = new ArrayList<>();
        for (Path file : masks) {
            LabelMap mask = read(file);
            LabelMap first = truth.isEmpty() ? mask : truth.get(0);
            if (mask.height() != first.height() || mask.width() != first.width()) {
                throw refused("needs masks of one size, but " + file + " has " + size(mask.height(), mask.width()) + " and "
                        + masks.get(0) + " " + size(first.height(), first.width()));
            }
            truth.add(mask);
        }
        byte filled = (byte) (objects(truth.get(0)) == 0 ? 1 : 0);
        truth.forEach(mask -> {
            for (int i = 0; i < mask.classes().length; i++) {
                mask.classes()[i] = mask.classes()[i] == (byte) VOID ? filled : mask.classes()[i];
            }
        });
        if (objects(truth.get(0)) == 0) {
            throw refused("needs an object to follow, but " + masks.get(0) + " has none");
        }
        return List.copyOf(truth);
    }

    /** Returns the highest number of an object. */
    static int objects(LabelMap mask) {
        int highest = 0;
        for (byte label : mask.classes()) {
            int object = Byte.toUnsignedInt(label);
            highest = object == VOID ? highest : Math.max(highest, object);
        }
        return highest;
    }

    static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("video-segmentation " + why);
    }

    static String size(int height, int width) {
        return height + " x " + width + " pixels";
    }

    private static LabelMap read(Path file) throws IOException {
        try {
            return LabelMapFile.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
