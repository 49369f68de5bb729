package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class NormalizedL2LossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new NormalizedL2Loss(new NormalizedL2Loss.Config());
    }

    @Test
    void measuresTheDistanceToTargetsStandardisedByTheUnbiasedVariance() {
        try (PointerScope scope = new PointerScope()) {
            // Mean 3, unbiased variance 4.
            Tensor targets = AbstractTensor.create(new double[] {1, 3, 5}, 1, 1, 3);
            Tensor predicted = AbstractTensor.create(new double[] {0, 0, 0}, 1, 1, 3);
            double standardised = 2 / Math.sqrt(4 + 1e-6);
            double loss = new NormalizedL2Loss(new NormalizedL2Loss.Config())
                    .loss(new Reconstruction(predicted, targets, targets), new Progress(0, 1, 0, 1, 1)).item_double();
            assertThat(loss).isCloseTo(2 * standardised * standardised / 3, within(1e-12));
        }
    }
}
