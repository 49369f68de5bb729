package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.DecoderShape;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * What every {@link ReconstructionLoss} promises. The gradient is compared with central differences in 64-bit floats, for which
 * the loss's own tensors are made 64 bits wide, as the framework does.
 */
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

    /** Whether the loss of a batch is the mean over its images; not where the batch as a whole decides. */
    protected boolean isMeanOverImages() {
        return true;
    }

    @Test
    void isOneFiniteNumberOfTheTypeOfThePredictions() {
        try (PointerScope scope = new PointerScope()) {
            for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.Double}) {
                Tensor loss = loss(type).loss(reconstruction(type), Tensors.START);
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
            loss(ScalarType.Double).loss(reconstruction, Tensors.START).backward();
            if (teachesPredictions()) {
                teaches(reconstruction.predicted());
            }
            assertThat(reconstruction.targets().requires_grad()).isFalse();
            assertThat(reconstruction.targets().grad().defined()).isFalse();
        }
    }

    @Test
    void teachesItsOwnParameters() {
        try (PointerScope scope = new PointerScope()) {
            for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.Double}) {
                ReconstructionLoss loss = loss(type);
                loss.loss(learning(reconstruction(type)), Tensors.START).backward();
                loss.parameters().learning().values().forEach(ReconstructionLossContract::teaches);
            }
        }
    }

    @Test
    void hasTheGradientThatSmallStepsShow() {
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = loss(ScalarType.Double);
            Reconstruction reconstruction = learning(reconstruction(ScalarType.Double));
            loss.loss(reconstruction, Tensors.START).backward();
            agreesWithSmallSteps(loss, reconstruction, reconstruction.predicted());
            agreesWithSmallSteps(loss, reconstruction, reconstruction.visible());
        }
    }

    @Test
    void isTheMeanOverTheImagesOfABatch() {
        if (!isMeanOverImages()) {
            return;
        }
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = loss(ScalarType.Double);
            Reconstruction batch = reconstruction(ScalarType.Double);
            double sum = 0;
            for (int i = 0; i < IMAGES; i++) {
                sum += loss.loss(image(batch, i), Tensors.START).item_double();
            }
            assertThat(loss.loss(batch, Tensors.START).item_double()).isCloseTo(sum / IMAGES, within(1e-12));
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        ReconstructionLoss loss = loss(ScalarType.Float);
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

    private ReconstructionLoss loss(ScalarType type) {
        ReconstructionLoss loss = loss(new DecoderShape(new PatchGrid(3, 3, 4, 0, 3), 1, WIDTH, WIDTH, false));
        try (PointerScope scope = new PointerScope()) {
            loss.parameters().all().values().forEach(tensor -> tensor.set_data(tensor.to(type)));
        }
        return loss;
    }

    private static Reconstruction reconstruction(ScalarType type) {
        return new Reconstruction(Tensors.normal(1, type, IMAGES, MASKED, WIDTH), Tensors.normal(2, type, IMAGES, MASKED, WIDTH),
                Tensors.normal(3, type, IMAGES, VISIBLE, WIDTH));
    }

    private static Reconstruction learning(Reconstruction reconstruction) {
        return new Reconstruction(reconstruction.predicted().set_requires_grad(true), reconstruction.targets(),
                reconstruction.visible().set_requires_grad(true));
    }

    private static Reconstruction image(Reconstruction batch, int index) {
        return new Reconstruction(
                batch.predicted().narrow(0, index, 1), batch.targets().narrow(0, index, 1), batch.visible().narrow(0, index, 1));
    }

    private static void teaches(Tensor tensor) {
        assertThat(tensor.grad().defined()).as("whether there is a gradient").isTrue();
        assertThat(tensor.grad().abs().sum().item_double()).isPositive();
    }
}
