package org.latentmim.vit;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.testing.DecoderContract;

/** No block at all: the visual cues and a matrix, on a rectangular grid, with two prefix tokens. */
class ShallowCrossAttentionDecoderTest extends DecoderContract {

    @Override
    protected Decoder decoder(DecoderShape shape) {
        return Networks.decoder(shape, 0, true, Positions.Kind.LEARNED);
    }

    @Override
    protected DecoderShape shape() {
        return new DecoderShape(new PatchGrid(2, 7, 3, 1, 5), 2, 12, 20, false);
    }
}
