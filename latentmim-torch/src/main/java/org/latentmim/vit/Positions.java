package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Parameters;

/**
 * Where a patch lies, as a vector to add to its token: a row for prefix tokens, zero where frozen, and one for each cell; with
 * several bands another, learned one for each band.
 * Sine-cosine as published: columns in the first half of the width, rows in the second, each half sines then cosines, positions
 * spread evenly from 0 to the number of cells, both ends included (so neighbours are G / (G - 1) apart on a side of G).
 */
final class Positions {

    enum Kind { SINE_COSINE, LEARNED }

    private final int cells;
    private final Tensor table;
    private final Optional<Tensor> ofBands;

    Positions(Parameters parameters, String name, Kind kind, PatchGrid grid, int width) {
        if (width % 4 != 0) {
            throw new IllegalArgumentException("width must be a multiple of 4 for its positions, but is " + width);
        }
        float[] values = sineCosine(grid, width);
        this.cells = grid.cells();
        Tensor initial = zeros(1 + cells, width);
        new FloatPointer(initial.data_ptr_float()).put(values, 0, values.length);
        this.table = kind == Kind.LEARNED ? parameters.learn(name, initial) : parameters.keep(name, initial);
        this.ofBands = grid.bands() == 1
                ? Optional.empty()
                : Optional.of(parameters.learn(name + "_of_bands", randn(grid.bands(), width).mul_(new Scalar(0.02))));
    }

    /** {@code [B, L] -> [B, L, D]}. */
    Tensor of(Tensor ids) {
        if (ofBands.isEmpty()) {
            return rows(table, ids.add(new Scalar(1)));
        }
        Scalar perBand = new Scalar(cells);
        Tensor where = rows(table, ids.remainder(perBand).add(new Scalar(1)));
        return where.add(rows(ofBands.get(), ids.floor_divide(perBand)));
    }

    private static Tensor rows(Tensor table, Tensor ids) {
        return table.index_select(0, ids.flatten()).view(ids.size(0), ids.size(1), table.size(1));
    }

    /** The position of a prefix token, {@code [1, 1, D]}. */
    Tensor ofPrefix() {
        return table.narrow(0, 0, 1).unsqueeze(0);
    }

    private static float[] sineCosine(PatchGrid grid, int width) {
        int quarter = width / 4;
        float[] values = new float[(1 + grid.cells()) * width];
        for (int id = 0; id < grid.cells(); id++) {
            double y = spread(grid.row(id), grid.rows());
            double x = spread(grid.column(id), grid.columns());
            int start = (1 + id) * width;
            for (int i = 0; i < quarter; i++) {
                double frequency = Math.pow(10000, -(double) i / quarter);
                values[start + i] = (float) Math.sin(x * frequency);
                values[start + quarter + i] = (float) Math.cos(x * frequency);
                values[start + 2 * quarter + i] = (float) Math.sin(y * frequency);
                values[start + 3 * quarter + i] = (float) Math.cos(y * frequency);
            }
        }
        return values;
    }

    private static double spread(int index, int cells) {
        return cells == 1 ? 0 : (double) index * cells / (cells - 1);
    }
}
