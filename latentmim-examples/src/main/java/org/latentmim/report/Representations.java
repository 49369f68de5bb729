package org.latentmim.report;

import java.util.Map;

/** What was judged, as a person calls it. */
public final class Representations {

    private static final Map<String, String> NAMES =
            Map.of("pixels", "raw pixels", "untrained", "untrained encoder", "trained", "trained encoder");

    private Representations() {}

    /** Returns the name of a representation; its own where it is none of the usual ones. */
    public static String name(String representation) {
        return NAMES.getOrDefault(representation, representation);
    }
}
