package org.latentmim.spi;

import org.latentmim.patch.PatchMask;

/**
 * Decides which patches of an image are seen and which must be predicted (Latent MIM, section 3.5). Every draw of one sampler at
 * one {@link Progress} has the same number of visible patches, so that a batch is one tensor. Implementations are thread-safe and
 * take chance only from the context. A constructor may ask for its configuration and {@link org.latentmim.patch.PatchGrid}.
 */
@FunctionalInterface
public interface MaskSampler {

    /** Draws the mask of one image. */
    PatchMask sample(MaskContext context);
}
