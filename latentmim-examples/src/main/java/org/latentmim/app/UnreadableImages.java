package org.latentmim.app;

import java.util.List;
import org.latentmim.data.Unreadable;

/** Tells of the images that could not be read, if there are any. */
final class UnreadableImages {

    private static final int SHOWN = 10;

    private UnreadableImages() {}

    /**
     * @param consequence what became of their places, such as {@code others took their place}
     */
    static void print(List<Unreadable> images, String consequence, Terminal terminal) {
        if (images.isEmpty()) {
            return;
        }
        String count = images.size() + (images.size() == 1 ? " image" : " images");
        terminal.print("\n" + count + " could not be read, and " + consequence + ":");
        images.stream().limit(SHOWN).forEach(image -> terminal.print("  " + image.id() + ": " + image.reason()));
        if (images.size() > SHOWN) {
            terminal.print("  and " + (images.size() - SHOWN) + " more");
        }
    }
}
