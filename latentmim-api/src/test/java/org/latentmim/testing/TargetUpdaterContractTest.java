package org.latentmim.testing;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.TargetUpdater;

/** The contract can be kept: the smallest implementation of a target updater passes. */
class TargetUpdaterContractTest extends TargetUpdaterContract {

    @Override
    protected TargetUpdater updater(PatchGrid grid) {
        return new Linear.FrozenTarget(new Linear.LinearEncoder(grid));
    }
}
