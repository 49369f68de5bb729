package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cat;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/**
 * Turns the pairs of numbers in queries and keys by angles that grow with column and row, so that attention feels how far apart
 * two patches are and not where they lie. As in DINOv3: each side of any grid runs from -1 to 1, half of the pairs turn by the
 * centre of the column and half by that of the row, times {@code 2 pi / 100^(i / n)} for pair {@code i} of {@code n}. Prefix
 * tokens are not turned. Several bands get a learned vector each, added to their tokens.
 */
final class RotaryPositions implements EncoderPositions {

    private static final double BASE = 100;

    private final PatchGrid grid;
    private final int pairs;
    private final Optional<BandPositions> bands;

    RotaryPositions(Parameters parameters, String name, PatchGrid grid, int width, int heads) {
        this(grid, pairs(width, heads), BandPositions.of(parameters, name, grid, width));
    }

    private RotaryPositions(PatchGrid grid, int pairs, Optional<BandPositions> bands) {
        this.grid = grid;
        this.pairs = pairs;
        this.bands = bands;
    }

    private static int pairs(int width, int heads) {
        if (width % (4 * heads) != 0) {
            throw new IllegalArgumentException("width must be a multiple of 4 a head for rotary positions, but is " + width
                    + " for " + heads + " heads");
        }
        return width / (4 * heads);
    }

    @Override
    public Tensor addedTo(Tensor tokens, Tensor ids) {
        return bands.map(ofBands -> tokens.add(ofBands.of(ids, grid))).orElse(tokens);
    }

    @Override
    public Tensor addedToPrefix(Tensor token) {
        return token;
    }

    @Override
    public Rotation rotation(Tensor ids, int prefixTokens, ScalarType type) {
        Tensor angles = InnerScope.run(() -> angles(ids, prefixTokens, type));
        Tensor cosines = InnerScope.run(() -> {
            Tensor once = angles.cos();
            return cat(new TensorVector(once, once), -1);
        });
        Tensor sines = InnerScope.run(() -> {
            Tensor once = angles.sin();
            return cat(new TensorVector(once.neg(), once), -1);
        });
        // A number's partner lies half a head away.
        return new Rotation(List.of(cosines, sines),
                heads -> heads.mul(cosines).addcmul(heads.roll(new long[] {2L * pairs}, -1), sines));
    }

    /** {@code [B, 1, E + L, D / heads / 2]}, zeros for the prefix tokens. */
    private Tensor angles(Tensor ids, int prefixTokens, ScalarType type) {
        Tensor steps = arange(new Scalar(pairs), ids.options()).to(type);
        Tensor speeds = steps.mul(new Scalar(-Math.log(BASE) / pairs)).exp().mul(new Scalar(2 * Math.PI));
        Tensor columns = ids.remainder(new Scalar(grid.columns()));
        Tensor rows = ids.floor_divide(new Scalar(grid.columns())).remainder(new Scalar(grid.rows()));
        Tensor ofPatches = cat(new TensorVector(
                centre(columns, grid.columns(), type).mul(speeds), centre(rows, grid.rows(), type).mul(speeds)), -1);
        Tensor ofPrefix = ofPatches.new_zeros(ids.size(0), prefixTokens, 2L * pairs);
        return cat(new TensorVector(ofPrefix, ofPatches), 1).unsqueeze(1);
    }

    /** The centre of a cell, from -1 to 1, {@code [B, L, 1]}. */
    private static Tensor centre(Tensor index, int cells, ScalarType type) {
        Scalar one = new Scalar(1);
        return index.to(type).mul(new Scalar(2)).add(one).div(new Scalar(cells)).sub(one).unsqueeze(-1);
    }

    @Override
    public RotaryPositions on(PatchGrid other) {
        return new RotaryPositions(other, pairs, bands);
    }
}
