package org.latentmim.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats of image files that are decoded. A file's first bytes tell its format, whatever its name. */
enum ImageFormat {
    JPEG(List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff"),
    PNG(List.of("png"), "\u0089PNG\r\n\u001a\n"),
    BMP(List.of("bmp"), "BM"),
    WEBP(List.of("webp"), "RIFF????WEBP"),
    GIF(List.of("gif"), "GIF87a", "GIF89a"),
    TIFF(List.of("tif", "tiff"), "II*\0", "MM\0*", "II+\0", "MM\0+");

    /** All of them, to follow "is no". */
    static final String ALL = "JPEG, PNG, BMP, WebP, GIF or TIFF file";

    private static final char ANY = '?';

    private final List<String> endings;
    private final List<String> starts;

    ImageFormat(List<String> endings, String... starts) {
        this.endings = endings;
        this.starts = List.of(starts);
    }

    /** Returns what the names of such files end in. */
    List<String> endings() {
        return endings;
    }

    /** Returns the format of a file, if it starts like one of these. */
    static Optional<ImageFormat> of(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> format.starts.stream().anyMatch(start -> startsWith(file, start)))
                .findFirst();
    }

    private static boolean startsWith(byte[] file, String start) {
        byte[] wanted = start.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (i == file.length || wanted[i] != ANY && wanted[i] != file[i]) {
                return false;
            }
        }
        return true;
    }
}
