package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words, and moves what goes on to the right. */
final class WordWrap {

    private static final String INDENT = "    ";

    private WordWrap() {}

    /** Returns a text in lines of at most so many characters; a word that is longer stays whole. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String rest = line;
            while (rest.length() > width) {
                int space = rest.lastIndexOf(' ', width);
                if (rest.substring(0, Math.max(0, space)).isBlank()) {
                    break;
                }
                lines.add(rest.substring(0, space).stripTrailing());
                rest = INDENT + rest.substring(space + 1);
            }
            lines.add(rest);
        }
        return lines;
    }
}
