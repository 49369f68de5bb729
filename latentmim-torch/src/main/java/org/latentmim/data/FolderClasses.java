package org.latentmim.data;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.latentmim.spi.ImageSet;

/**
 * The classes of images in folders: the first folder on each path, if every image lies in one.
 *
 * @param names of the classes, sorted; none if an image lies in no folder
 */
record FolderClasses(List<String> names) {

    /**
     * @param paths of the images, with {@code /} between the names
     */
    static FolderClasses of(Collection<String> paths) {
        return new FolderClasses(paths.stream().allMatch(path -> path.contains("/"))
                ? paths.stream().map(FolderClasses::firstFolder).distinct().sorted().toList()
                : List.of());
    }

    int label(String path) {
        return names.isEmpty() ? ImageSet.NO_LABEL : Collections.binarySearch(names, firstFolder(path));
    }

    private static String firstFolder(String path) {
        return path.substring(0, path.indexOf('/'));
    }
}
