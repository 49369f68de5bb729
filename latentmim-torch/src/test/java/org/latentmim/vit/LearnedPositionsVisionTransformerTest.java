package org.latentmim.vit;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.testing.EncoderContract;

class LearnedPositionsVisionTransformerTest extends EncoderContract {

    @Override
    protected Encoder encoder(PatchGrid grid) {
        return Networks.encoder(grid, EncoderPositions.Kind.LEARNED, 1);
    }
}
