package org.latentmim.vit;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.testing.EncoderContract;

/** Images of five channels on a grid that is not square, without a projector. */
class RectangularVisionTransformerTest extends EncoderContract {

    @Override
    protected Encoder encoder(PatchGrid grid) {
        return Networks.encoder(grid, EncoderPositions.Kind.SINE_COSINE, 0);
    }

    @Override
    protected PatchGrid grid() {
        return new PatchGrid(2, 7, 3, 1, 5);
    }
}
