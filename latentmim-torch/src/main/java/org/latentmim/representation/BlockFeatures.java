package org.latentmim.representation;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;
import org.latentmim.train.PatchReader;

/**
 * What a block of an encoder says of images, before the final norm and without projector or gradients.
 *
 * @param layer counted from the last block, which is 1
 */
public record BlockFeatures(Encoder encoder, PatchReader reader, Compute compute, Pooling pooling, int layer) {

    /** Returns 32-bit floats where the run computes, in the caller's scope. */
    public Tensor of(Batch batch) {
        return of(reader.whole(batch.pixels(), batch.size()));
    }

    Tensor of(Patches patches) {
        try (NoGradGuard frozen = new NoGradGuard(); Autocast precision = compute.autocast()) {
            Tensor tokens = encoder.blocks(patches, layer).get(0);
            return pooling.of(tokens, encoder.prefixTokens()).to(ScalarType.Float);
        }
    }
}
