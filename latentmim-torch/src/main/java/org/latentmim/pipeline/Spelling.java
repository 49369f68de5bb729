package org.latentmim.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a person meant to type. */
final class Spelling {

    private Spelling() {}

    /** Returns " Did you mean 'x'?" where a candidate is close to the word, or nothing. */
    static String suggestion(String word, Collection<String> candidates) {
        return nearest(word, candidates).map(candidate -> " Did you mean '" + candidate + "'?").orElse("");
    }

    private static Optional<String> nearest(String word, Collection<String> candidates) {
        int tolerance = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= tolerance) // which spares a giant word
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to insert, delete, replace or swap with their neighbour to get from one word to the other. */
    private static int distance(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, from, to, i, j);
            }
        }
        return distance[from.length()][to.length()];
    }

    private static int step(int[][] distance, String from, String to, int i, int j) {
        char last = from.charAt(i - 1);
        char other = to.charAt(j - 1);
        int best = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        best = Math.min(best, distance[i - 1][j - 1] + (last == other ? 0 : 1));
        if (i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == other) {
            best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        return best;
    }
}
