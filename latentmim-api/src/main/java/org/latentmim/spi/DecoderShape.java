package org.latentmim.spi;

import org.latentmim.patch.PatchGrid;

/**
 * What a {@link Decoder} must fit.
 *
 * @param grid where the patches lie
 * @param prefixTokens tokens that stand before the visible patches
 * @param visibleWidth width of a visible latent
 * @param targetWidth width of a prediction
 */
public record DecoderShape(PatchGrid grid, int prefixTokens, int visibleWidth, int targetWidth) {}
