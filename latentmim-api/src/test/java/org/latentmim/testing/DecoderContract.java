package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.cat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;

/** What every {@link Decoder} promises, behind encoders that leave hidden patches out and behind those that encode them. */
public abstract class DecoderContract {

    private static final int IMAGES = 2;
    private static final int VISIBLE = 5;

    /** Builds the decoder to test, as the framework would for this shape. */
    protected abstract Decoder decoder(DecoderShape shape);

    /** What the decoder is to fit; it is tested with and without latents of hidden patches. */
    protected DecoderShape shape() {
        return new DecoderShape(new PatchGrid(4, 4, 4, 0, 3), 1, 24, 32, false);
    }

    /** A decoder, and what it is given. The masked patches are the last of the seen ones, if they are among them. */
    private final class Given {

        private final boolean encodesHidden;
        private final DecoderShape shape;
        private final Decoder decoder;
        private final int masked;

        Given(boolean encodesHidden) {
            this.encodesHidden = encodesHidden;
            this.shape = new DecoderShape(
                    shape().grid(), shape().prefixTokens(), shape().visibleWidth(), shape().targetWidth(), encodesHidden);
            this.decoder = decoder(shape);
            this.masked = shape.grid().size() - VISIBLE;
        }

        Tensor prefix() {
            return latents(ScalarType.Float).narrow(1, 0, shape.prefixTokens());
        }

        Tensor visible() {
            return latents(ScalarType.Float).narrow(1, shape.prefixTokens(), VISIBLE);
        }

        Tensor hidden() {
            return latents(ScalarType.Float).narrow(1, shape.prefixTokens() + VISIBLE, encodesHidden ? masked : 0);
        }

        Tensor latents(ScalarType type) {
            int seen = VISIBLE + (encodesHidden ? masked : 0);
            return Tensors.normal(4, ScalarType.Float, IMAGES, shape.prefixTokens() + seen, shape.visibleWidth()).to(type);
        }

        Tensor visibleIds() {
            return Tensors.ids(shape.grid(), IMAGES, 0, VISIBLE);
        }

        Tensor maskedIds() {
            return Tensors.ids(shape.grid(), IMAGES, VISIBLE, masked);
        }

        Tensor predict() {
            return predict(visible(), visibleIds(), hidden(), maskedIds());
        }

        Tensor predict(Tensor visible, Tensor visibleIds, Tensor hidden, Tensor maskedIds) {
            return predict(cat(new TensorVector(prefix(), visible, hidden), 1), visibleIds, maskedIds);
        }

        Tensor predict(Tensor latents, Tensor visibleIds, Tensor maskedIds) {
            Tensor seenIds = encodesHidden ? cat(new TensorVector(visibleIds, maskedIds), 1) : visibleIds;
            return decoder.predict(latents, seenIds, maskedIds);
        }

        void work() {
            try (PointerScope scope = new PointerScope()) {
                predict(latents(ScalarType.Float).set_requires_grad(true), visibleIds(), maskedIds()).sum().backward();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictsOneTargetForEveryMaskedPatch(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope()) {
            Given given = new Given(encodesHidden);
            assertThat(given.predict().shape()).containsExactly(IMAGES, given.masked, given.shape.targetWidth());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersInTheOrderOfTheMaskedIds(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope()) {
            Given given = new Given(encodesHidden);
            Tensor predicted = given.predict();
            Tensor reversed =
                    given.predict(given.visible(), given.visibleIds(), given.hidden().flip(1), given.maskedIds().flip(1));
            assertThat(Tensors.distance(reversed, predicted.flip(1))).isLessThan(1e-4);
            assertThat(Tensors.distance(reversed, predicted)).as("places must matter").isGreaterThan(1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotCareForTheOrderOfTheVisiblePatches(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope()) {
            Given given = new Given(encodesHidden);
            Tensor reversed =
                    given.predict(given.visible().flip(1), given.visibleIds().flip(1), given.hidden(), given.maskedIds());
            assertThat(Tensors.distance(reversed, given.predict())).isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictsTheSameFromTheSame(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Given given = new Given(encodesHidden);
            assertThat(Tensors.distance(given.predict(), given.predict())).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void teachesTheEncoderAndEveryTensorThatLearns(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope()) {
            Given given = new Given(encodesHidden);
            Tensor latents = given.latents(ScalarType.Float).set_requires_grad(true);
            given.predict(latents, given.visibleIds(), given.maskedIds()).square().mean().backward();
            assertThat(latents.grad().abs().sum().item_double()).isPositive();
            given.decoder.parameters().learning().forEach((name, tensor) ->
                    assertThat(tensor.grad().defined()).as("gradient of " + name).isTrue());
            assertThat(given.decoder.parameters()).isSameAs(given.decoder.parameters());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasTheGradientThatSmallStepsShow(boolean encodesHidden) {
        try (PointerScope scope = new PointerScope()) {
            Given given = new Given(encodesHidden);
            Gradients.inDoublePrecision(given.decoder.parameters());
            Tensor latents = given.latents(ScalarType.Double).set_requires_grad(true);
            Map<String, Tensor> inputs = new LinkedHashMap<>(given.decoder.parameters().learning());
            inputs.put("what was seen", latents);
            Gradients.agreeWithSmallSteps(() -> given.predict(latents, given.visibleIds(), given.maskedIds()), inputs);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNothingBehindInItsCallersScope(boolean encodesHidden) {
        Given given = new Given(encodesHidden);
        given.work();
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            given.work();
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
}
