package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.l1_loss;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Direct reconstruction: the mean absolute distance to the targets as they are (SimMIM). */
final class L1Loss implements ReconstructionLoss {

    @Meaning("Mean absolute distance to the targets as they are")
    record Config() {}

    @Inject
    L1Loss(Config config) {}

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return l1_loss(reconstruction.predicted(), reconstruction.targets());
    }
}
