package org.latentmim.app;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of text as columns: the first to the left, the last as it is, those between to the right. */
final class Columns {

    private Columns() {}

    static List<String> of(List<List<String>> rows) {
        int count = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, count)
                .map(i -> rows.stream().filter(row -> i < row.size()).mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            boolean left = i == 0 || i == widths.length - 1;
            line.append("  ").append(left ? row.get(i) + pad : pad + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
