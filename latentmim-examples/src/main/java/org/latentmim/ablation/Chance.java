package org.latentmim.ablation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much of a score is chance: the standard deviation that is left of a table of scores, a row for each kind of run and a column
 * for each seed, once what a row has in common and what a seed has in common are taken out (the residual of a randomised block
 * design). Cells may be missing.
 *
 * @param deviation of one cell
 * @param freedom degrees of freedom; none if no row has two cells more than are needed to fit it
 */
record Chance(double deviation, int freedom) {

    private static final int SWEEPS = 10_000;

    private record Cell(int row, long seed, double value) {}

    /**
     * Reads a table.
     *
     * @param rows the scores of each kind of run by seed
     */
    static Chance of(Collection<Map<Long, Double>> rows) {
        List<Cell> cells = new ArrayList<>();
        List<Set<Long>> connected = new ArrayList<>();
        int count = 0;
        for (Map<Long, Double> row : rows) {
            int number = count++;
            row.forEach((seed, value) -> cells.add(new Cell(number, seed, value)));
            connect(connected, row.keySet());
        }
        int seeds = connected.stream().mapToInt(Set::size).sum();
        int freedom = cells.size() - count - seeds + connected.size();
        return new Chance(freedom < 1 ? Double.NaN : Math.sqrt(squares(cells) / freedom), Math.max(0, freedom));
    }

    private static void connect(List<Set<Long>> connected, Set<Long> seeds) {
        List<Set<Long>> touched = connected.stream().filter(others -> !Collections.disjoint(others, seeds)).toList();
        Set<Long> joined = new HashSet<>(seeds);
        touched.forEach(joined::addAll);
        connected.removeAll(touched);
        connected.add(joined);
    }

    /** Takes means of rows and of seeds out in turn until there are none, which is the fit by least squares. */
    private static double squares(List<Cell> cells) {
        double largest = cells.stream().mapToDouble(cell -> Math.abs(cell.value)).max().orElse(0);
        List<Cell> left = cells;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            List<Cell> next = without(without(left, Cell::row), Cell::seed);
            double moved = 0;
            for (int i = 0; i < left.size(); i++) {
                moved = Math.max(moved, Math.abs(next.get(i).value - left.get(i).value));
            }
            left = next;
            if (moved <= 1e-13 * largest) {
                break;
            }
        }
        return left.stream().mapToDouble(cell -> cell.value * cell.value).sum();
    }

    private static List<Cell> without(List<Cell> cells, Function<Cell, Object> group) {
        Map<Object, Double> means = cells.stream().collect(Collectors.groupingBy(group, Collectors.averagingDouble(Cell::value)));
        return cells.stream().map(cell -> new Cell(cell.row, cell.seed, cell.value - means.get(group.apply(cell)))).toList();
    }
}
