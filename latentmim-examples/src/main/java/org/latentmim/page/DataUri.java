package org.latentmim.page;

import java.util.Base64;

/** Files within a page. */
final class DataUri {

    private DataUri() {}

    /** Returns the {@code data:} address of a PNG file. */
    static String ofPng(byte[] file) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
    }
}
