package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * Owns the target side: what the predictions are compared with, and how that follows the online encoder (Latent MIM, section
 * 3.3). A constructor may ask for its configuration, {@link org.latentmim.patch.PatchGrid}, and, by the qualifiers {@link
 * OnlineEncoder} and {@link TargetEncoder}, for the two encoders. For tensors and scopes it follows the rules of {@link Encoder}.
 * Not thread-safe.
 */
public interface TargetUpdater {

    /** Follows the online encoder. Called once at the head of every optimizer step, before the targets of that step. */
    void update(Progress progress);

    /**
     * Says what the masked patches mean. Without gradient, unless the updater's method is to learn the target jointly.
     *
     * @return {@code [B, M, width]}, in the order of {@link MaskedPatches#maskedIds}
     */
    Tensor targets(MaskedPatches patches);

    /** Returns the width of a target. */
    int width();

    /** Returns the tensors that a checkpoint must keep of the target side; empty if it has no state of its own. */
    Parameters parameters();
}
