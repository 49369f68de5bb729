package org.example.latentmim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;

class RelationLossTest extends ReconstructionLossContract {

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return relation(true);
    }

    @Test
    void comparesTheSimilaritiesOfAllPairs() {
        try (PointerScope scope = new PointerScope()) {
            Tensor alike = latents(1, 1, 2, 2); // cosine 1
            Tensor apart = latents(3, 0, 0, 4); // cosine 0, and 1 of each with itself
            assertThat(loss(false, alike, apart)).isCloseTo(2 / 4.0, within(1e-12));
            Tensor turned = latents(0, 1, 5, 0);
            assertThat(loss(false, apart, turned)).as("the same relation elsewhere").isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void doesNotSeeWhatAllPatchesShareUnlessItIsToldTo() {
        try (PointerScope scope = new PointerScope()) {
            Tensor latents = latents(1, 2, 3, -1, 0, 5);
            Tensor moved = latents.add(new Scalar(10));
            assertThat(loss(true, moved, latents)).isCloseTo(0, within(1e-12));
            assertThat(loss(false, moved, latents)).isGreaterThan(0.1);
        }
    }

    private static double loss(boolean centre, Tensor predicted, Tensor targets) {
        return relation(centre)
                .loss(new Reconstruction(predicted, targets, targets), new Progress(0, 1, 0, 1, 1))
                .item_double();
    }

    /** Latents of width 2 of one image. */
    private static Tensor latents(double... values) {
        return AbstractTensor.create(values, 1, values.length / 2, 2);
    }

    private static ReconstructionLoss relation(boolean centre) {
        return new RelationLoss(new RelationLoss.Config(centre));
    }
}
