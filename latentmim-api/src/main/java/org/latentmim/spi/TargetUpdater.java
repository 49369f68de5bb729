package org.latentmim.spi;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Owns the target side: what the predictions are compared with, and how that follows the online encoder (Latent MIM, section
 * 3.3). A constructor may ask for its configuration, {@link org.latentmim.patch.PatchGrid}, {@link Parts}, and, by the qualifiers
 * {@link OnlineEncoder} and {@link TargetEncoder}, for the two encoders; the second is built only if it is asked for. For tensors
 * and scopes it follows the rules of {@link Encoder}. Not thread-safe.
 */
public interface TargetUpdater {

    /** Follows the online encoder. Called once at the head of every optimizer step, before the targets of that step. */
    void update(Progress progress);

    /**
     * Says what the masked patches mean. Without gradient, unless the updater's method is to learn the target jointly.
     *
     * @param patches the batch; the target side may look at all of it
     * @return {@code [B, M, width]}, in the order of {@link MaskedPatches#maskedIds}
     */
    Tensor targets(MaskedPatches patches);

    /**
     * Returns the encoder that says what the patches mean, where there is one; empty by default. Masking by attention asks it.
     */
    default Optional<Encoder> encoder() {
        return Optional.empty();
    }

    /** Returns the width of a target. */
    int width();

    /**
     * Returns the tensors that a checkpoint must keep of the target side, and that move to the device of the run; empty if it has
     * none of its own. Those of the online encoder are not among them, even where it says the targets: the optimizer has them.
     */
    Parameters parameters();
}
