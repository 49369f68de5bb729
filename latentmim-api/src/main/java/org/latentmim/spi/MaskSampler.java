package org.latentmim.spi;

import org.latentmim.patch.PatchMask;

/**
 * Decides which patches of an image are seen and which must be predicted (Latent MIM, section 3.5). Every draw of one sampler at
 * one {@link Progress} has the same number of visible and of masked patches, so that a batch is one tensor. Implementations are
 * thread-safe and take chance only from the context. A constructor may ask for its configuration, {@link
 * org.latentmim.patch.PatchGrid}, and {@link Parts} for the samplers inside its configuration.
 */
@FunctionalInterface
public interface MaskSampler {

    /** Draws the mask of one image. It shows {@link MaskContext#visible} patches, if that says how many. */
    PatchMask sample(MaskContext context);
}
