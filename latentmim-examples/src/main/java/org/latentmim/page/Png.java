package org.latentmim.page;

import java.util.Base64;

/** A PNG file within a page. */
final class Png {

    private Png() {}

    /** Returns the {@code data:} address of a file. */
    static String address(byte[] file) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
    }
}
