package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * Predicts the targets of the masked patches from the latents of the visible ones (Latent MIM, section 3.6). A constructor may
 * ask for its configuration, {@link DecoderShape} and {@link Recompute}; for tensors and scopes it follows the rules of
 * {@link Encoder}. Not thread-safe.
 */
public interface Decoder {

    /**
     * Predicts.
     *
     * @param seen what the online encoder said, {@code [B, E + L, D]}, its {@code E} prefix tokens first. {@code L} is the
     *     number of visible patches; of all patches if the encoder encodes hidden ones, the masked ones then being the last
     *     {@code M}, in the order of {@code maskedIds}
     * @param seenIds {@code [B, L]}
     * @param maskedIds {@code [B, M]}
     * @return {@code [B, M, targetWidth]}, in the order of {@code maskedIds}
     */
    Tensor predict(Tensor seen, Tensor seenIds, Tensor maskedIds);

    /** Returns all tensors of this decoder by name; always the same object. */
    Parameters parameters();
}
