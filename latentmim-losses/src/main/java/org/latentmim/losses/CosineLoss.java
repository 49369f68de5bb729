package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.cosine_similarity;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Direct reconstruction of directions: 1 minus the cosine similarity, so 0 says that all is found and 2 is the worst. */
final class CosineLoss implements ReconstructionLoss {

    private static final double SMALLEST_NORM = 1e-12;

    @Meaning("1 minus the cosine similarity of a prediction and its target, 0 to 2")
    record Config() {}

    @Inject
    CosineLoss(Config config) {}

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        Tensor similarity = cosine_similarity(reconstruction.predicted(), reconstruction.targets(), -1, SMALLEST_NORM);
        return similarity.neg().add(new Scalar(1)).mean();
    }
}
