package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.smooth_l1_loss;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.Reduction;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Direct reconstruction: near the target half the squared distance over beta, further away the distance less half of beta. */
final class SmoothL1Loss implements ReconstructionLoss {

    @Meaning("Mean distance to the targets as they are, squared near them and absolute further away")
    record Config(@Default("1") @Meaning("distance at which the square ends, more than 0") double beta) {

        Config {
            Range.positive("beta", beta);
        }
    }

    private final double beta;

    @Inject
    SmoothL1Loss(Config config) {
        beta = config.beta();
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return smooth_l1_loss(reconstruction.predicted(), reconstruction.targets(), Reduction.Mean.value, beta);
    }
}
