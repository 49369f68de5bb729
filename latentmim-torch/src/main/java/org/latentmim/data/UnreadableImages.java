package org.latentmim.data;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.latentmim.runtime.FailureException;

/** The images that cannot be read, each once, and the rule by which they are too many. Thread-safe. */
final class UnreadableImages {

    private static final int IDS_IN_MESSAGE = 5;

    private final double tolerated;
    private final SortedMap<Integer, Unreadable> images = new ConcurrentSkipListMap<>();

    /**
     * @param tolerated share of the images that may be unreadable, from 0 to 1
     */
    UnreadableImages(double tolerated) {
        if (!(tolerated >= 0 && tolerated <= 1)) {
            throw new IllegalArgumentException("tolerated must be between 0 and 1, but is " + tolerated);
        }
        this.tolerated = tolerated;
    }

    void add(int index, String id, IOException why) {
        images.put(index, new Unreadable(id, Reason.of(why)));
    }

    /** Returns the images in the order of their indices. */
    List<Unreadable> list() {
        return List.copyOf(images.values());
    }

    /**
     * @param of how many images there are in all
     * @throws FailureException if more than tolerated cannot be read
     */
    void failIfTooMany(int of) {
        if (images.size() > tolerated * of) {
            throw tooMany(of);
        }
    }

    FailureException tooMany(int of) {
        List<Unreadable> all = list();
        String ids = all.stream().limit(IDS_IN_MESSAGE).map(Unreadable::id).collect(Collectors.joining(", "));
        return new FailureException(String.format(Locale.ROOT,
                "%d of %d images (%.1f%%) cannot be read, and %.1f%% are tolerated: %s%s."
                        + " The first reason: %s. Repair or remove them.",
                all.size(), of, 100.0 * all.size() / of, 100 * tolerated, ids,
                all.size() > IDS_IN_MESSAGE ? " and more" : "", all.get(0).reason()));
    }
}
