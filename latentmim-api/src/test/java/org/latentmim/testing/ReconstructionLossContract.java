package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** What every {@link ReconstructionLoss} promises. The gradient is compared with central differences in 64-bit floats. */
public abstract class ReconstructionLossContract {

    private static final int IMAGES = 2;
    private static final int MASKED = 5;
    private static final int VISIBLE = 4;
    private static final int WIDTH = 6;
    private static final double NUDGE = 1e-5;

    /** Builds the loss to test, as the framework would for this shape. */
    protected abstract ReconstructionLoss loss(DecoderShape shape);

    /** Whether the loss has a gradient for the predictions; one that only looks at visible latents has none. */
    protected boolean teachesPredictions() {
        return true;
    }

    @Test
    void isOneFiniteNumberOfTheTypeOfThePredictions() {
        try (PointerScope scope = new PointerScope()) {
            for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.Double}) {
                Tensor loss = loss().loss(reconstruction(type), Tensors.START);
                assertThat(loss.dim()).as("dimensions").isZero();
                assertThat(loss.scalar_type().intern()).isEqualTo(type);
                assertThat(loss.item_double()).isFinite();
            }
        }
    }

    @Test
    void teachesThePredictionsAndNeverTheTargets() {
        try (PointerScope scope = new PointerScope()) {
            Reconstruction reconstruction = learning(reconstruction(ScalarType.Double));
            loss().loss(reconstruction, Tensors.START).backward();
            if (teachesPredictions()) {
                assertThat(reconstruction.predicted().grad().abs().sum().item_double()).isPositive();
            }
            assertThat(reconstruction.targets().requires_grad()).isFalse();
            assertThat(reconstruction.targets().grad().defined()).isFalse();
        }
    }

    @Test
    void hasTheGradientThatSmallStepsShow() {
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = loss();
            Reconstruction reconstruction = learning(reconstruction(ScalarType.Double));
            loss.loss(reconstruction, Tensors.START).backward();
            agreesWithSmallSteps(loss, reconstruction, reconstruction.predicted());
            agreesWithSmallSteps(loss, reconstruction, reconstruction.visible());
        }
    }

    @Test
    void isTheMeanOverTheImagesOfABatch() {
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = loss();
            Reconstruction two = reconstruction(ScalarType.Double);
            Reconstruction first = new Reconstruction(
                    two.predicted().narrow(0, 0, 1), two.targets().narrow(0, 0, 1), two.visible().narrow(0, 0, 1));
            Reconstruction twice =
                    new Reconstruction(twice(first.predicted()), twice(first.targets()), twice(first.visible()));
            assertThat(loss.loss(twice, Tensors.START).item_double())
                    .isCloseTo(loss.loss(first, Tensors.START).item_double(), within(1e-12));
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        ReconstructionLoss loss = loss();
        step(loss);
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            step(loss);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        assertThat(loss.parameters()).isSameAs(loss.parameters());
    }

    private void step(ReconstructionLoss loss) {
        try (PointerScope scope = new PointerScope()) {
            loss.loss(learning(reconstruction(ScalarType.Float)), Tensors.START).backward();
        }
    }

    private static void agreesWithSmallSteps(ReconstructionLoss loss, Reconstruction reconstruction, Tensor input) {
        if (!input.grad().defined()) {
            return;
        }
        DoublePointer values = input.data_ptr_double();
        DoublePointer gradient = input.grad().contiguous().data_ptr_double();
        for (int i = 0; i < input.numel(); i++) {
            double value = values.get(i);
            values.put(i, value + NUDGE);
            double up = loss.loss(reconstruction, Tensors.START).item_double();
            values.put(i, value - NUDGE);
            double down = loss.loss(reconstruction, Tensors.START).item_double();
            values.put(i, value);
            assertThat(gradient.get(i)).isCloseTo((up - down) / (2 * NUDGE), within(1e-7));
        }
    }

    private ReconstructionLoss loss() {
        return loss(new DecoderShape(new PatchGrid(3, 3, 4, 0, 3), 1, WIDTH, WIDTH));
    }

    private static Reconstruction reconstruction(ScalarType type) {
        return new Reconstruction(Tensors.normal(1, type, IMAGES, MASKED, WIDTH), Tensors.normal(2, type, IMAGES, MASKED, WIDTH),
                Tensors.normal(3, type, IMAGES, VISIBLE, WIDTH));
    }

    private static Reconstruction learning(Reconstruction reconstruction) {
        return new Reconstruction(reconstruction.predicted().set_requires_grad(true), reconstruction.targets(),
                reconstruction.visible().set_requires_grad(true));
    }

    private static Tensor twice(Tensor tensor) {
        return cat(new TensorVector(tensor, tensor), 0);
    }
}
