package org.latentmim.spi;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One term of the objective. A recipe lists several; the framework adds them by weight and logs each under its name. A
 * constructor may ask for its configuration and {@link DecoderShape}. For tensors and scopes a loss follows the rules of {@link
 * Encoder}; it reads nothing back from the device. Not thread-safe.
 */
public interface ReconstructionLoss {

    /**
     * Returns the loss of a batch as a scalar tensor, without its weight: the mean over the images, unless the batch as a whole
     * decides, as where images are compared with each other. Changes nothing: a training is also looked at through it, without
     * gradients, and must be the same whether it is or not.
     */
    Tensor loss(Reconstruction reconstruction, Progress progress);

    /**
     * Returns what this loss is worth to one who guesses, and to one who knows, where that has a closed form; empty by default.
     *
     * @param reconstruction gives the sizes; its values do not matter
     */
    default Optional<LossBars> bars(Reconstruction reconstruction) {
        return Optional.empty();
    }

    /** Returns the tensors that this loss learns, such as prototypes; none by default. */
    default Parameters parameters() {
        return Parameters.NONE;
    }
}
