package org.latentmim.segmentation;

import java.util.Arrays;

/**
 * Pairs rows with columns, each with one at most, so that the sum of their gains is the largest: the Hungarian algorithm, in
 * O(n^3).
 */
final class Assignment {

    static final int NONE = -1;

    private Assignment() {}

    /**
     * @param gains of rows times columns, each row as long as the others, at least one of each
     * @return the column of every row, or {@link #NONE}; as many pairs as there are rows or columns, whichever are fewer
     */
    static int[] best(double[][] gains) {
        int rows = gains.length;
        int columns = gains[0].length;
        if (rows <= columns) {
            return rowsFirst(gains);
        }
        double[][] turned = new double[columns][rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column][row] = gains[row][column];
            }
        }
        int[] rowOf = rowsFirst(turned);
        int[] columnOf = new int[rows];
        Arrays.fill(columnOf, NONE);
        for (int column = 0; column < columns; column++) {
            columnOf[rowOf[column]] = column;
        }
        return columnOf;
    }

    /** Adds one row after the other, each by the cheapest path of exchanges to a free column; prices keep the pairs cheapest. */
    private static int[] rowsFirst(double[][] gains) {
        int rows = gains.length;
        int columns = gains[0].length;
        double[] rowPrice = new double[rows];
        double[] columnPrice = new double[columns + 1];
        int[] rowOf = new int[columns + 1]; // the last column stands for the row to add
        Arrays.fill(rowOf, NONE);
        for (int added = 0; added < rows; added++) {
            double[] distance = new double[columns];
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            int[] from = new int[columns];
            boolean[] reached = new boolean[columns + 1];
            rowOf[columns] = added;
            int at = columns;
            while (rowOf[at] != NONE) {
                reached[at] = true;
                int row = rowOf[at];
                int next = NONE;
                for (int column = 0; column < columns; column++) {
                    if (!reached[column]) {
                        double over = -gains[row][column] - rowPrice[row] - columnPrice[column];
                        if (over < distance[column]) {
                            distance[column] = over;
                            from[column] = at;
                        }
                        if (next == NONE || distance[column] < distance[next]) {
                            next = column;
                        }
                    }
                }
                double step = distance[next];
                for (int column = 0; column <= columns; column++) {
                    if (reached[column]) {
                        rowPrice[rowOf[column]] += step;
                        columnPrice[column] -= step;
                    } else {
                        distance[column] -= step;
                    }
                }
                at = next;
            }
            while (at != columns) {
                rowOf[at] = rowOf[from[at]];
                at = from[at];
            }
        }
        int[] columnOf = new int[rows];
        for (int column = 0; column < columns; column++) {
            if (rowOf[column] != NONE) {
                columnOf[rowOf[column]] = column;
            }
        }
        return columnOf;
    }
}
