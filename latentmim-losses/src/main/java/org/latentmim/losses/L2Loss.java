package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.mse_loss;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Direct reconstruction: the mean squared distance to the targets as they are. */
final class L2Loss implements ReconstructionLoss {

    @Meaning("Mean squared distance to the targets as they are")
    record Config() {}

    @Inject
    L2Loss(Config config) {}

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return mse_loss(reconstruction.predicted(), reconstruction.targets());
    }
}
