package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.upsample_bicubic2d;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Parameters;

/**
 * Where a patch lies, as a vector to add to its token: a row for prefix tokens, zero where frozen, and one for each cell; with
 * several bands another, learned one for each band.
 * Sine-cosine as published: columns in the first half of the width, rows in the second, each half sines then cosines, positions
 * spread evenly from 0 to the number of cells, both ends included (so neighbours are G / (G - 1) apart on a side of G).
 * On another grid corner cells keep their vectors, and those between are computed anew or, where learned, interpolated.
 */
final class Positions implements EncoderPositions {

    enum Kind { SINE_COSINE, LEARNED }

    private final Kind kind;
    private final PatchGrid own;
    private final Tensor ofOwn;
    private final Optional<BandPositions> bands;
    private final PatchGrid grid;
    private final Supplier<Tensor> table;

    Positions(Parameters parameters, String name, Kind kind, PatchGrid grid, int width) {
        if (width % 4 != 0) {
            throw new IllegalArgumentException("width must be a multiple of 4 for its positions, but is " + width);
        }
        Tensor initial = sineCosine(grid, grid, width);
        this.kind = kind;
        this.own = grid;
        this.ofOwn = kind == Kind.LEARNED ? parameters.learn(name, initial) : parameters.keep(name, initial);
        this.bands = BandPositions.of(parameters, name, grid, width);
        this.grid = grid;
        this.table = () -> ofOwn;
    }

    private Positions(Positions trained, PatchGrid grid) {
        this.kind = trained.kind;
        this.own = trained.own;
        this.ofOwn = trained.ofOwn;
        this.bands = trained.bands;
        this.grid = grid;
        this.table = kind == Kind.LEARNED ? this::interpolated : computed(grid);
    }

    /** {@code [B, L] -> [B, L, D]}. */
    Tensor of(Tensor ids) {
        if (bands.isEmpty()) {
            return rows(table.get(), ids.add(new Scalar(1)));
        }
        Tensor where = rows(table.get(), ids.remainder(new Scalar(grid.cells())).add(new Scalar(1)));
        return where.add(bands.get().of(ids, grid));
    }

    /** The rows of a table, {@code [n, D], [B, L] -> [B, L, D]}. */
    static Tensor rows(Tensor table, Tensor ids) {
        return table.index_select(0, ids.flatten()).view(ids.size(0), ids.size(1), table.size(1));
    }

    /** The position of a prefix token, {@code [1, 1, D]}. */
    Tensor ofPrefix() {
        return ofOwn.narrow(0, 0, 1).unsqueeze(0);
    }

    @Override
    public Tensor addedTo(Tensor tokens, Tensor ids) {
        return tokens.add(of(ids));
    }

    @Override
    public Tensor addedToPrefix(Tensor token) {
        return token.add(ofPrefix());
    }

    @Override
    public Rotation rotation(Tensor ids, int prefixTokens, ScalarType type) {
        return Rotation.NONE;
    }

    @Override
    public Positions on(PatchGrid other) {
        return other.rows() == grid.rows() && other.columns() == grid.columns() ? this : new Positions(this, other);
    }

    /** The learned table on this grid, as it is at this moment; its gradient reaches the table. */
    private Tensor interpolated() {
        long width = ofOwn.size(1);
        Tensor map = ofOwn.narrow(0, 1, own.cells()).view(1, own.rows(), own.columns(), width).permute(0, 3, 1, 2);
        Tensor resized = upsample_bicubic2d(map, new long[] {grid.rows(), grid.columns()}, true);
        Tensor ofCells = resized.permute(0, 2, 3, 1).reshape(grid.cells(), width);
        return cat(new TensorVector(ofOwn.narrow(0, 0, 1), ofCells), 0);
    }

    private Supplier<Tensor> computed(PatchGrid other) {
        Tensor values = sineCosine(other, own, (int) ofOwn.size(1));
        values.retainReference(); // lives as long as this object, whatever scope is open
        return () -> values.to(ofOwn.device(), ofOwn.scalar_type());
    }

    /** The table of a grid whose positions have the range of another one's. */
    private static Tensor sineCosine(PatchGrid grid, PatchGrid range, int width) {
        int quarter = width / 4;
        float[] values = new float[(1 + grid.cells()) * width];
        for (int id = 0; id < grid.cells(); id++) {
            double y = spread(grid.row(id), grid.rows(), range.rows());
            double x = spread(grid.column(id), grid.columns(), range.columns());
            int start = (1 + id) * width;
            for (int i = 0; i < quarter; i++) {
                double frequency = Math.pow(10000, -(double) i / quarter);
                values[start + i] = (float) Math.sin(x * frequency);
                values[start + quarter + i] = (float) Math.cos(x * frequency);
                values[start + 2 * quarter + i] = (float) Math.sin(y * frequency);
                values[start + 3 * quarter + i] = (float) Math.cos(y * frequency);
            }
        }
        Tensor table = zeros(1 + grid.cells(), width);
        new FloatPointer(table.data_ptr_float()).put(values, 0, values.length);
        return table;
    }

    private static double spread(int index, int cells, int range) {
        return cells == 1 ? 0 : (double) index * range / (cells - 1);
    }
}
