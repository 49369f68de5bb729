package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.layer_norm;

import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;

/**
 * How targets are read off an encoder.
 *
 * @param view what the encoder sees
 * @param normalize whether each target is normalised over its width
 */
record TargetReading(View view, boolean normalize) {

    private static final double EPSILON = 1e-5;

    /**
     * Returns what an encoder says of the masked patches, {@code [B, M, D]}.
     *
     * @param encoder says {@code [B, any + L, D]} of the patches that it is shown
     */
    Tensor of(MaskedPatches patches, Function<Patches, Tensor> encoder) {
        Patches shown = view == View.ALL ? patches.all() : patches.masked();
        long masked = patches.maskedIds().size(1);
        Tensor latents = encoder.apply(shown);
        Tensor targets = latents.narrow(1, latents.size(1) - masked, masked); // masked patches come last
        return normalize ? normalized(targets) : targets;
    }

    /** Layer normalisation without weights: every token gets mean 0 and variance 1 over its width. */
    static Tensor normalized(Tensor tokens) {
        return layer_norm(tokens, new long[] {tokens.size(-1)}, null, null, EPSILON, true);
    }
}
