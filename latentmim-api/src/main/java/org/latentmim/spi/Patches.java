package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * Some patches of a batch of images, as an encoder is shown them.
 *
 * @param values normalised pixels, {@code [B, L, P]}; a patch is ordered row, column, channel
 * @param ids where on the grid each patch lies, {@code [B, L]}, 64-bit integers
 */
public record Patches(Tensor values, Tensor ids) {}
