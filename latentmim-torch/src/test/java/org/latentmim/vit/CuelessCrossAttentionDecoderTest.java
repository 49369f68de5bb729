package org.latentmim.vit;

import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.testing.DecoderContract;

/** Without visual cues, behind an encoder without prefix tokens. */
class CuelessCrossAttentionDecoderTest extends DecoderContract {

    @Override
    protected Decoder decoder(DecoderShape shape) {
        return Networks.decoder(shape, 1, false, Positions.Kind.SINE_COSINE);
    }

    @Override
    protected DecoderShape shape() {
        return new DecoderShape(new PatchGrid(4, 4, 4, 0, 3), 0, 24, 32, false);
    }
}
