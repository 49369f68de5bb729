package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latentmim.losses.Batches.image;
import static org.latentmim.losses.Batches.latent;

import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class L2LossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new L2Loss(new L2Loss.Config());
    }

    @Test
    void isTheMeanSquareOverPixelsAndPatches() {
        try (PointerScope scope = new PointerScope()) {
            // The patches miss by squares of 1 and 9, 0 and 4: means 5 and 2.
            double loss = Batches.loss(loss(null), image(latent(1, 2), latent(0, 0)), image(latent(2, -1), latent(0, 2)));
            assertThat(loss).isCloseTo(3.5, within(1e-12));
        }
    }
}
