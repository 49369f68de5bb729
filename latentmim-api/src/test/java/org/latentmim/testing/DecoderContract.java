package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.cat;

import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;

/** What every {@link Decoder} promises. */
public abstract class DecoderContract {

    private static final int IMAGES = 2;
    private static final int VISIBLE = 5;

    /** Builds the decoder to test, as the framework would for this shape. */
    protected abstract Decoder decoder(DecoderShape shape);

    /** What the decoder is to fit. */
    protected DecoderShape shape() {
        return new DecoderShape(new PatchGrid(4, 4, 4, 0, 3), 1, 24, 32);
    }

    @Test
    void predictsOneTargetForEveryMaskedPatch() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(decoder(shape()).predict(visible(), visibleIds(), maskedIds()).shape())
                    .containsExactly(IMAGES, shape().grid().size() - VISIBLE, shape().targetWidth());
        }
    }

    @Test
    void answersInTheOrderOfTheMaskedIds() {
        try (PointerScope scope = new PointerScope()) {
            Decoder decoder = decoder(shape());
            Tensor predicted = decoder.predict(visible(), visibleIds(), maskedIds());
            Tensor reversed = decoder.predict(visible(), visibleIds(), maskedIds().flip(1));
            assertThat(Tensors.distance(reversed, predicted.flip(1))).isLessThan(1e-4);
            assertThat(Tensors.distance(reversed, predicted)).as("places must matter").isGreaterThan(1e-6);
        }
    }

    @Test
    void doesNotCareForTheOrderOfTheVisiblePatches() {
        try (PointerScope scope = new PointerScope()) {
            Decoder decoder = decoder(shape());
            Tensor prefix = visible().narrow(1, 0, shape().prefixTokens());
            Tensor patches = visible().narrow(1, shape().prefixTokens(), VISIBLE);
            Tensor reversed = cat(new TensorVector(prefix, patches.flip(1)), 1);
            assertThat(Tensors.distance(
                    decoder.predict(reversed, visibleIds().flip(1), maskedIds()),
                    decoder.predict(visible(), visibleIds(), maskedIds()))).isLessThan(1e-4);
        }
    }

    @Test
    void predictsTheSameFromTheSame() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = decoder(shape());
            assertThat(Tensors.distance(
                    decoder.predict(visible(), visibleIds(), maskedIds()),
                    decoder.predict(visible(), visibleIds(), maskedIds()))).isZero();
        }
    }

    @Test
    void teachesTheEncoderAndEveryTensorThatLearns() {
        try (PointerScope scope = new PointerScope()) {
            Decoder decoder = decoder(shape());
            Tensor visible = visible().set_requires_grad(true);
            decoder.predict(visible, visibleIds(), maskedIds()).square().mean().backward();
            assertThat(visible.grad().abs().sum().item_double()).isPositive();
            Map<String, Tensor> learning = decoder.parameters().learning();
            learning.forEach((name, tensor) ->
                    assertThat(tensor.grad().defined()).as("gradient of " + name).isTrue());
            assertThat(decoder.parameters()).isSameAs(decoder.parameters());
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        Decoder decoder = decoder(shape());
        work(decoder);
        long before = Pointer.totalCount();
        for (int i = 0; i < 50; i++) {
            work(decoder);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private void work(Decoder decoder) {
        try (PointerScope scope = new PointerScope()) {
            decoder.predict(visible().set_requires_grad(true), visibleIds(), maskedIds()).sum().backward();
        }
    }

    private Tensor visible() {
        return Tensors.normal(4, ScalarType.Float, IMAGES, shape().prefixTokens() + VISIBLE, shape().visibleWidth());
    }

    private Tensor visibleIds() {
        return Tensors.ids(shape().grid(), IMAGES, 0, VISIBLE);
    }

    private Tensor maskedIds() {
        return Tensors.ids(shape().grid(), IMAGES, VISIBLE, shape().grid().size() - VISIBLE);
    }
}
