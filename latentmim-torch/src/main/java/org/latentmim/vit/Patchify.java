package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.arange;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Compute;

/**
 * Cuts images into patches. Each patch starts at an offset of its own in its cell, so that neighbours lie one to
 * {@code 2 gap - 1} pixels apart (Latent MIM, section 3.5). As published, offsets run from 0 to {@code gap - 1}: never the gap
 * itself. Immutable.
 */
public final class Patchify {

    private final PatchGrid grid;

    public Patchify(PatchGrid grid) {
        this.grid = grid;
    }

    /** Returns the grid. */
    public PatchGrid grid() {
        return grid;
    }

    /**
     * Draws where the patches of one image start, as pixels counted from the start of their cells.
     *
     * @param starts where to write: for each cell the row and the column of its patches
     * @param position the first index to write to; two numbers a cell are written
     */
    public void drawOffsets(RandomGenerator random, int[] starts, int position) {
        for (int i = 0; i < 2 * grid.cells(); i++) {
            starts[position + i] = grid.gap() == 0 ? 0 : random.nextInt(grid.gap());
        }
    }

    /**
     * @param images {@code [B, H, W, C]}, contiguous, of any type, {@code H} and {@code W} those of the grid
     * @param offsets for each image and cell the row and the column where its patches start, two numbers a cell
     * @return {@code [B, N, P]}, of the same type and on the same device; a patch is ordered row, column, channel
     * @throws IllegalArgumentException if the images do not fit the grid
     */
    public Tensor cut(Tensor images, int[] offsets) {
        int batch = (int) images.size(0);
        if (images.size(1) != grid.height() || images.size(2) != grid.width() || images.size(3) != grid.channels()) {
            throw new IllegalArgumentException("images of " + images.size(1) + " x " + images.size(2) + " x " + images.size(3)
                    + " do not fit a grid of " + grid.height() + " x " + grid.width() + " x " + grid.channels());
        }
        Tensor starts = Compute.beside(images, AbstractTensor.create(starts(batch, offsets), batch * (long) grid.cells(), 1));
        Tensor within = arange(new Scalar(grid.patchSize()), starts.options());
        Tensor pattern = within.unsqueeze(1).mul(new Scalar(grid.width())).add(within).view(1, -1); // [1, p * p]
        Tensor pixels = images.view(-1, grid.channels());
        Tensor cut = pixels.index_select(0, starts.add(pattern).flatten());
        return grid.bands() == 1 ? cut.view(batch, grid.size(), grid.valuesPerPatch()) : inBands(cut, batch);
    }

    /**
     * Puts images together again whose patches were cut without gap.
     *
     * @param patches {@code [B, N, P]} in the order of the grid, of any type
     * @return {@code [B, H, W, C]}
     */
    public Tensor join(Tensor patches) {
        int side = grid.patchSize();
        return patches.view(-1, grid.bands(), grid.rows(), grid.columns(), side, side, grid.channelsPerPatch())
                .permute(0, 2, 4, 3, 5, 1, 6)
                .reshape(-1, grid.height(), grid.width(), grid.channels());
    }

    private Tensor inBands(Tensor cut, int batch) {
        int square = grid.patchSize() * grid.patchSize();
        return cut.view(batch, grid.cells(), square, grid.bands(), grid.channelsPerPatch())
                .permute(0, 3, 1, 2, 4)
                .reshape(batch, grid.size(), grid.valuesPerPatch());
    }

    /** For each image and cell the index of its first pixel among all pixels of the batch. */
    private long[] starts(int batch, int[] offsets) {
        long[] starts = new long[batch * grid.cells()];
        for (int image = 0, i = 0; image < batch; image++) {
            for (int id = 0; id < grid.cells(); id++, i++) {
                long row = (long) image * grid.height() + grid.row(id) * grid.cellSize() + offsets[2 * i];
                starts[i] = row * grid.width() + grid.column(id) * grid.cellSize() + offsets[2 * i + 1];
            }
        }
        return starts;
    }
}
