package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.mse_loss;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Direct reconstruction: the mean squared distance to targets that are standardised over their channels. */
final class NormalizedL2Loss implements ReconstructionLoss {

    private static final double EPSILON = 1e-6;

    @Meaning("Mean squared distance to targets that are standardised over their channels")
    record Config() {}

    @Inject
    NormalizedL2Loss(Config config) {}

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return mse_loss(reconstruction.predicted(), standardized(reconstruction.targets()));
    }

    /** (x - mean) / sqrt(var + epsilon) with the unbiased variance, by the fused kernel whose variance is the biased one. */
    private static Tensor standardized(Tensor targets) {
        long width = targets.size(-1);
        double biased = (width - 1.0) / width;
        return layer_norm(targets, new long[] {width}, null, null, EPSILON * biased, true).mul(new Scalar(Math.sqrt(biased)));
    }
}
