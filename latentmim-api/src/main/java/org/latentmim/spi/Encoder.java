package org.latentmim.spi;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Turns patches into latents. The framework builds every encoder twice, as the online encoder that learns and as the target
 * encoder that follows it (Latent MIM, section 3.1); both get the same initial weights. A constructor may ask for its
 * configuration and {@link org.latentmim.patch.PatchGrid}, creates its tensors in 32-bit floats on the CPU with torch's default
 * generator, and must not open a {@code PointerScope}: what the methods return lives in the caller's. Not thread-safe.
 */
public interface Encoder {

    /**
     * Encodes patches into the space in which targets are predicted, that is after the final norm and the projector.
     *
     * @param patches {@code [B, L, P]} with ids {@code [B, L]}, in any order
     * @return {@code [B, prefixTokens + L, width]}: the prefix tokens, then the patches in the order given
     */
    Tensor encode(Patches patches);

    /**
     * Returns what the last blocks say of the patches, before the final norm and the projector: the representation that
     * evaluations read.
     *
     * @param patches as for {@link #encode}
     * @param last how many blocks, counted from the end; at least 1, at most the depth
     * @return that many tensors {@code [B, prefixTokens + L, width]}, the last block's at the end
     */
    List<Tensor> blocks(Patches patches, int last);

    /** Returns how many tokens stand before the patches: 1 for a class token alone. */
    int prefixTokens();

    /** Returns the width of a latent, {@code D}. */
    int width();

    /** Returns all tensors of this encoder by name; always the same object. */
    Parameters parameters();
}
