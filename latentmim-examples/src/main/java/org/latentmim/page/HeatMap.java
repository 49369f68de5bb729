package org.latentmim.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latentmim.patch.PatchGrid;
import org.latentmim.preview.Coverage;

/**
 * How often each place of one band was chosen, as a grid of colours.
 *
 * @param title what is counted
 * @param least the smallest share over all bands, in words
 * @param most the largest share over all bands, which has the full colour, in words
 * @param numbered whether the cells have numbers in them
 */
record HeatMap(String title, String least, String most, int columns, boolean numbered, List<Cell> cells) {

    private static final int MOST_COLUMNS_WITH_NUMBERS = 10;

    /**
     * One place.
     *
     * @param colour in percent of the full one
     * @param number in the cell, empty where it is too small for it
     * @param place in words
     * @param share in words
     */
    record Cell(String colour, String number, String place, String share) {}

    static HeatMap of(String title, Coverage coverage, PatchGrid grid, int band) {
        boolean numbered = grid.columns() <= MOST_COLUMNS_WITH_NUMBERS;
        List<Cell> cells = IntStream.range(0, grid.cells())
                .mapToObj(cell -> cell(coverage, grid, band * grid.cells() + cell, numbered))
                .toList();
        return new HeatMap(
                title, Numbers.percent(coverage.least()), Numbers.percent(coverage.most()), grid.columns(), numbered, cells);
    }

    private static Cell cell(Coverage coverage, PatchGrid grid, int id, boolean numbered) {
        double share = coverage.of(id);
        String number = numbered ? Long.toString(Math.round(100 * share)) : "";
        return new Cell(String.format(Locale.ROOT, "%.1f", 100 * share / coverage.most()), number,
                "row " + (grid.row(id) + 1) + ", column " + (grid.column(id) + 1), Numbers.percent(share));
    }
}
