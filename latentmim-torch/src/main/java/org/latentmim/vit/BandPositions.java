package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.randn;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Parameters;

/** Which group of channels a patch shows, as a learned vector to add to its token. */
final class BandPositions {

    private final Tensor table;

    private BandPositions(Tensor table) {
        this.table = table;
    }

    /** Empty where patches hold all channels. */
    static Optional<BandPositions> of(Parameters parameters, String name, PatchGrid grid, int width) {
        return grid.bands() == 1
                ? Optional.empty()
                : Optional.of(new BandPositions(
                        parameters.learn(name + "_of_bands", randn(grid.bands(), width).mul_(new Scalar(0.02)))));
    }

    /** {@code [B, L] -> [B, L, D]}, for ids of a grid. */
    Tensor of(Tensor ids, PatchGrid grid) {
        return Positions.rows(table, ids.floor_divide(new Scalar(grid.cells())));
    }
}
