package org.latentmim.spi;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;

/**
 * Turns patches into latents. The framework builds every encoder twice, as the online encoder that learns and as the target
 * encoder that follows it (Latent MIM, section 3.1); both get the same initial weights. A constructor may ask for its
 * configuration, {@link PatchGrid} and {@link Recompute}, creates its tensors in 32-bit floats on the CPU with torch's default
 * generator, and must not open a {@code PointerScope}: what the methods return lives in the caller's. Chance inside the
 * network, such as drop path, comes from torch's default generator and only where gradients are recorded: without them an
 * encoder is a function of its weights and patches. Not thread-safe.
 */
public interface Encoder {

    /**
     * Encodes patches into the space in which targets are predicted, that is after the final norm and the projector.
     *
     * @param patches {@code [B, L, P]} with ids {@code [B, L]}, in any order; the last {@link Patches#hidden} of them hidden,
     *     if this encoder encodes hidden patches
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

    /**
     * Returns how much the first prefix token looks at each patch in the last block, by head. Without it there is neither
     * masking by attention nor a picture of it.
     *
     * @param patches as for {@link #encode}, none hidden
     * @return {@code [B, heads, L]}, each from 0 to 1
     * @throws UnsupportedOperationException if the encoder has no such token, which is the default; the message says so
     */
    default Tensor attention(Patches patches) {
        throw new UnsupportedOperationException("this encoder has no class token that attends to patches");
    }

    /**
     * Returns whether this encoder takes every patch of an image and puts a token of its own in place of the hidden ones (SimMIM,
     * data2vec). If not, which is the default, hidden patches are left out.
     */
    default boolean encodesHidden() {
        return false;
    }

    /**
     * Returns this encoder for images that another grid cuts, with the same weights; positions are interpolated. It shares its
     * tensors with this one and sees what training makes of them.
     *
     * @throws UnsupportedOperationException if the encoder knows only its own grid, which is the default
     * @throws IllegalArgumentException if patches of that grid have another size, or other channels or bands
     */
    default Encoder on(PatchGrid grid) {
        throw new UnsupportedOperationException("this encoder works on its own grid alone");
    }

    /**
     * Returns this encoder with another chance of drop path. It shares its tensors with this one.
     *
     * @param chance that an image skips a branch of the last block, at least 0 and less than 1
     * @throws UnsupportedOperationException if the encoder can drop nothing, which is the default, and the chance is not 0
     */
    default Encoder withDropPath(double chance) {
        if (chance != 0) {
            throw new UnsupportedOperationException("this encoder has no drop path");
        }
        return this;
    }

    /** Returns how many tokens stand before the patches: 1 for a class token alone. */
    int prefixTokens();

    /** Returns the width of a latent, {@code D}. */
    int width();

    /** Returns all tensors of this encoder by name; always the same object. */
    Parameters parameters();
}
