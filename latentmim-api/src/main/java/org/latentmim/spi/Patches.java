package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * Some patches of a batch of images, as an encoder is shown them.
 *
 * @param values normalised pixels, {@code [B, L, P]}; a patch is ordered row, column, channel
 * @param ids where on the grid each patch lies, {@code [B, L]}, 64-bit integers
 * @param hidden how many of them, counted from the end, are hidden: an encoder puts a token of its own in place of their values.
 *     Always 0 but for encoders that ask for hidden patches by {@link Encoder#encodesHidden}
 */
public record Patches(Tensor values, Tensor ids, int hidden) {

    /** Patches that are all shown. */
    public Patches(Tensor values, Tensor ids) {
        this(values, ids, 0);
    }
}
