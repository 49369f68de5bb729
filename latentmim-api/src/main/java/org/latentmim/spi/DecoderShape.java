package org.latentmim.spi;

import org.latentmim.patch.PatchGrid;

/**
 * What a {@link Decoder} must fit.
 *
 * @param grid where the patches lie
 * @param prefixTokens tokens that stand before the patches
 * @param visibleWidth width of a latent that the online encoder says
 * @param targetWidth width of a prediction
 * @param encodesHidden whether the online encoder says a latent of the hidden patches too
 */
public record DecoderShape(PatchGrid grid, int prefixTokens, int visibleWidth, int targetWidth, boolean encodesHidden) {}
