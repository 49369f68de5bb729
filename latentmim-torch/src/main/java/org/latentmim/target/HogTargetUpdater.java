package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.constant_pad_nd;
import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;
import static org.bytedeco.pytorch.global.torch.stack;

import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/**
 * Histograms of oriented gradients (MaskFeat, section 3.2): which way the edges in a patch run, for each cell and channel,
 * whatever the contrast. Gradients are Sobel's, orientations unsigned: bin {@code k} of 9 holds those from 20 k to 20 (k + 1)
 * degrees. They are taken where all neighbours of a pixel are in the patch, for patches need not touch.
 */
final class HogTargetUpdater implements TargetUpdater {

    private static final int ROW = 2;
    private static final int COLUMN = 3;
    private static final double SMALLEST_NORM = 1e-12;

    @Meaning("Histograms of oriented gradients of a patch (MaskFeat)")
    record Config(
            @Meaning("bins of orientation, at least 2") @Default("9") int bins,
            @Meaning("side of a cell in pixels, at least 3, which divides the patch; the whole patch where that is smaller")
                    @Default("8") int cell) {

        Config {
            if (bins < 2) {
                throw new IllegalArgumentException("bins must be at least 2, but is " + bins);
            }
            if (cell < 3) {
                throw new IllegalArgumentException("cell must be at least 3, but is " + cell);
            }
        }
    }

    private final int bins;
    private final int side;
    private final int channels;
    private final int cell;
    private final int cells;

    @Inject
    HogTargetUpdater(Config config, PatchGrid grid) {
        this.bins = config.bins();
        this.side = grid.patchSize();
        this.channels = grid.channelsPerPatch();
        this.cell = Math.min(config.cell(), side);
        this.cells = side / cell;
        if (side < 3) {
            throw new IllegalArgumentException("hog needs patches of 3 x 3 pixels or more, but they have " + side + " x " + side);
        }
        if (side % cell != 0) {
            throw new IllegalArgumentException("cell must divide the patch size, but " + cell + " does not divide " + side);
        }
    }

    @Override
    public void update(Progress progress) {
        // pixels do not change
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            Tensor pixels = patches.masked().values().unflatten(2, side, side, channels);    // [B, M, row, column, channel]
            Tensor across = difference(smooth(pixels, ROW), COLUMN);                         // without the outermost pixels
            Tensor down = difference(smooth(pixels, COLUMN), ROW);
            Tensor strength = across.hypot(down);
            Tensor bin = down.atan2(across).remainder(new Scalar(Math.PI)).mul(new Scalar(bins / Math.PI)).floor()
                    .clamp_max(new Scalar(bins - 1));
            Tensor histograms = stack(new TensorVector(IntStream.range(0, bins)
                    .mapToObj(k -> sumByCell(strength.mul(bin.eq(new Scalar(k)))))
                    .toArray(Tensor[]::new)), -1);                                           // [B, M, row, column, channel, bin]
            Tensor norm = linalg_vector_norm(histograms, new Scalar(2), new long[] {-1}, true, new ScalarTypeOptional());
            return histograms.div(norm.clamp_min(new Scalar(SMALLEST_NORM))).flatten(2, -1);
        }
    }

    private static Tensor smooth(Tensor pixels, int dimension) {
        long inner = pixels.size(dimension) - 2;
        Tensor middle = pixels.narrow(dimension, 1, inner).mul(new Scalar(2));
        return pixels.narrow(dimension, 0, inner).add(middle).add(pixels.narrow(dimension, 2, inner));
    }

    private static Tensor difference(Tensor pixels, int dimension) {
        long inner = pixels.size(dimension) - 2;
        return pixels.narrow(dimension, 2, inner).sub(pixels.narrow(dimension, 0, inner));
    }

    /** Adds up what the pixels of a cell have, the outermost ones nothing: {@code [B, M, side - 2, side - 2, channel]}. */
    private Tensor sumByCell(Tensor strength) {
        Tensor whole = constant_pad_nd(strength, 0, 0, 1, 1, 1, 1);
        return whole.unflatten(COLUMN, cells, cell).unflatten(ROW, cells, cell).sum(ROW + 1, COLUMN + 2);
    }

    @Override
    public int width() {
        return cells * cells * channels * bins;
    }

    @Override
    public Parameters parameters() {
        return Parameters.NONE;
    }
}
