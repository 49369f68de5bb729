package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * One term of the objective. A recipe lists several; the framework adds them by weight and logs each under its name. A
 * constructor may ask for its configuration and {@link DecoderShape}. For tensors and scopes a loss follows the rules of {@link
 * Encoder}; it reads nothing back from the device. Not thread-safe.
 */
public interface ReconstructionLoss {

    /**
     * Returns the loss of a batch as a scalar tensor, without its weight: the mean over the images, unless the batch as a whole
     * decides, as where images are compared with each other.
     */
    Tensor loss(Reconstruction reconstruction, Progress progress);

    /** Returns the tensors that this loss learns, such as prototypes; none by default. */
    default Parameters parameters() {
        return Parameters.NONE;
    }
}
