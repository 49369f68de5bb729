package org.latentmim.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tells image files by their names: paths inside a folder or an archive, with {@code /} between the names. */
final class ImageNames {

    private static final List<String> ENDINGS =
            Arrays.stream(ImageFormat.values()).flatMap(format -> format.endings().stream()).toList();

    private ImageNames() {}

    /** Returns whether the name ends as an image's does, and neither it nor a folder on its path starts with a dot. */
    static boolean isImage(String path) {
        return endsAsImage(path) && Arrays.stream(path.split("/")).noneMatch(name -> name.startsWith("."));
    }

    static boolean endsAsImage(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(ending -> lower.endsWith("." + ending));
    }

    /** Returns the endings for people: {@code jpg, jpeg, ...}. */
    static String endings() {
        return String.join(", ", ENDINGS);
    }

    /** Returns a sentence for whoever holds no image. */
    static String noneIn(Object place) {
        return "there are no images in " + place + " (looked for " + endings() + ")";
    }
}
