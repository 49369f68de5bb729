package org.latentmim.testing;

import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;

/** The contract can be kept: the smallest implementation of a decoder passes. */
class DecoderContractTest extends DecoderContract {

    @Override
    protected Decoder decoder(DecoderShape shape) {
        return new Linear.LinearDecoder(shape);
    }
}
