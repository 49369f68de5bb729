package org.latentmim.testing;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;

/** The contract can be kept: the smallest implementation of an encoder passes. */
class EncoderContractTest extends EncoderContract {

    @Override
    protected Encoder encoder(PatchGrid grid) {
        return new Linear.LinearEncoder(grid);
    }
}
