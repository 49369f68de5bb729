package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;

/** What every {@link Encoder} promises. */
public abstract class EncoderContract {

    private static final int IMAGES = 2;
    private static final int SHOWN = 5;
    private static final int HIDDEN = 2;

    /** Builds the encoder to test, as the framework would for this grid; best a small one of depth 2 or more. */
    protected abstract Encoder encoder(PatchGrid grid);

    /** The grid to test on, of 8 patches or more. */
    protected PatchGrid grid() {
        return new PatchGrid(4, 4, 4, 0, 3);
    }

    @Test
    void putsThePrefixTokensBeforeThePatches() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            assertThat(encoder.encode(patches()).shape())
                    .containsExactly(IMAGES, encoder.prefixTokens() + SHOWN, encoder.width());
        }
    }

    @Test
    void saysWhatAsManyBlocksSayAsAreAskedFor() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            for (int last = 1; last <= 2; last++) {
                List<Tensor> blocks = encoder.blocks(patches(), last);
                assertThat(blocks).hasSize(last);
                for (Tensor block : blocks) {
                    assertThat(block.shape()).containsExactly(IMAGES, encoder.prefixTokens() + SHOWN, encoder.width());
                }
            }
            assertThat(Tensors.distance(encoder.blocks(patches(), 1).get(0), encoder.blocks(patches(), 2).get(1)))
                    .as("the last block is at the end").isLessThan(1e-6);
        }
    }

    @Test
    void answersInTheOrderInWhichThePatchesAreGiven() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            Patches patches = patches();
            Patches reversed = new Patches(patches.values().flip(1), patches.ids().flip(1));
            assertThat(Tensors.distance(shown(encoder, reversed), shown(encoder, patches).flip(1))).isLessThan(1e-4);
        }
    }

    @Test
    void knowsWhereAPatchLies() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            Patches patches = patches();
            Patches moved = new Patches(patches.values(), patches.ids().flip(1));
            assertThat(Tensors.distance(shown(encoder, moved), shown(encoder, patches))).isGreaterThan(1e-6);
        }
    }

    @Test
    void isAFunctionWithoutGradients() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            assertThat(Tensors.distance(encoder.encode(patches()), encoder.encode(patches()))).isZero();
        }
    }

    @Test
    void teachesEveryTensorThatLearns() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Map<String, Tensor> learning = encoder.parameters().learning();
            encoder.encode(someHidden(encoder)).square().mean().backward();
            assertThat(learning).isNotEmpty();
            learning.forEach((name, tensor) ->
                    assertThat(tensor.grad().defined()).as("gradient of " + name).isTrue());
            assertThat(encoder.parameters()).isSameAs(encoder.parameters());
        }
    }

    @Test
    void hasTheGradientThatSmallStepsShow() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Gradients.inDoublePrecision(encoder.parameters());
            Patches patches = someHidden(encoder);
            Patches precise = new Patches(patches.values().to(ScalarType.Double), patches.ids(), patches.hidden());
            Gradients.agreeWithSmallSteps(() -> encoder.encode(precise), encoder.parameters().learning());
        }
    }

    @Test
    void doesNotSeeWhatIsHidden() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            assumeThat(encoder.encodesHidden()).isTrue();
            Patches patches = someHidden(encoder);
            Tensor otherHidden = patches.values().clone();
            otherHidden.narrow(1, SHOWN - HIDDEN, HIDDEN).add_(new Scalar(1));
            Tensor otherShown = patches.values().clone();
            otherShown.narrow(1, 0, 1).mul_(new Scalar(-1));
            Tensor latents = encoder.encode(patches);
            assertThat(Tensors.distance(encoder.encode(new Patches(otherHidden, patches.ids(), HIDDEN)), latents)).isZero();
            Tensor ofHidden = latents.narrow(1, latents.size(1) - HIDDEN, HIDDEN);
            Tensor ofOther = encoder.encode(new Patches(otherShown, patches.ids(), HIDDEN));
            assertThat(Tensors.distance(ofOther.narrow(1, latents.size(1) - HIDDEN, HIDDEN), ofHidden))
                    .as("hidden patches are guessed from shown ones").isGreaterThan(1e-7);
        }
    }

    @Test
    void dividesTheAttentionOfItsFirstTokenOrSaysThatItHasNone() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            try {
                Tensor attention = encoder.attention(patches());
                assertThat(attention.shape()).hasSize(3).startsWith(IMAGES).endsWith(SHOWN);
                assertThat(attention.min().item_double()).isNotNegative();
                assertThat(attention.sum(2).min().item_double()).isPositive();
                assertThat(attention.sum(2).max().item_double()).isLessThanOrEqualTo(1 + 1e-6);
                Patches reversed = new Patches(patches().values().flip(1), patches().ids().flip(1));
                assertThat(Tensors.distance(encoder.attention(reversed), attention.flip(2))).isLessThan(1e-5);
                assertThat(Tensors.distance(encoder.attention(reversed), attention)).isGreaterThan(1e-9);
            } catch (UnsupportedOperationException e) {
                assertThat(e).message().isNotBlank();
            }
        }
    }

    @Test
    void worksOnAnotherGridWithTheSameTensorsOrSaysThatItCannot() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = encoder(grid());
            Encoder onOwn;
            try {
                onOwn = encoder.on(grid());
            } catch (UnsupportedOperationException e) {
                assertThat(e).message().isNotBlank();
                return;
            }
            assertThat(Tensors.distance(onOwn.encode(patches()), encoder.encode(patches()))).isZero();
            PatchGrid larger = larger();
            Encoder onLarger = encoder.on(larger);
            Patches all = Tensors.patches(larger, IMAGES, larger.size());
            Tensor before = onLarger.encode(all);
            assertThat(before.shape()).containsExactly(IMAGES, encoder.prefixTokens() + larger.size(), encoder.width());
            assertThat(onLarger.parameters()).isSameAs(encoder.parameters());
            encoder.parameters().learning().values().forEach(tensor -> tensor.mul_(new Scalar(1.5)));
            assertThat(Tensors.distance(onLarger.encode(all), before)).as("sees what training does").isGreaterThan(1e-6);
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.on(new PatchGrid(grid().rows(), grid().columns(),
                    grid().patchSize() + 1, grid().gap(), grid().channels(), grid().bands())));
        }
    }

    @Test
    void dropsPathsWithTheSameTensorsOrSaysThatItCannot() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            assertThat(encoder.withDropPath(0).parameters()).isSameAs(encoder.parameters());
            Encoder dropping;
            try {
                dropping = encoder.withDropPath(0.5);
            } catch (UnsupportedOperationException e) {
                assertThat(e).hasMessage("this encoder has no drop path");
                return;
            }
            Patches patches = patches();
            assertThat(dropping.parameters()).isSameAs(encoder.parameters());
            try (NoGradGuard frozen = new NoGradGuard()) {
                assertThat(dropping.encode(patches).equal(encoder.encode(patches))).as("without gradients").isTrue();
            }
            Encoder keeping = dropping.withDropPath(0);
            assertThat(keeping.encode(patches).equal(keeping.encode(patches))).as("chance of 0").isTrue();
            Tensor first = dropping.encode(patches);
            boolean same = true;
            for (int i = 0; i < 20; i++) {
                same &= dropping.encode(patches).equal(first);
            }
            assertThat(same).as("chance of 0.5").isFalse();
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        Encoder encoder = encoder(grid());
        work(encoder);
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            work(encoder);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void keepsItsTensorsWhenTheScopeInWhichItWasBuiltCloses() {
        Encoder encoder;
        try (PointerScope scope = new PointerScope()) {
            encoder = encoder(grid());
        }
        assertThat(encoder.parameters().all().values()).noneMatch(tensor -> tensor.isNull());
        work(encoder);
    }

    private void work(Encoder encoder) {
        try (PointerScope scope = new PointerScope()) {
            encoder.encode(someHidden(encoder)).sum().backward();
            try (NoGradGuard frozen = new NoGradGuard()) {
                encoder.encode(patches());
                encoder.blocks(patches(), 1);
            }
        }
    }

    private Patches patches() {
        return Tensors.patches(grid(), IMAGES, SHOWN);
    }

    /** The same patches, the last of them hidden if the encoder takes hidden ones. */
    private Patches someHidden(Encoder encoder) {
        return new Patches(patches().values(), patches().ids(), encoder.encodesHidden() ? HIDDEN : 0);
    }

    private PatchGrid larger() {
        return new PatchGrid(
                2 * grid().rows(), grid().columns() + 1, grid().patchSize(), 0, grid().channels(), grid().bands());
    }

    private static Tensor shown(Encoder encoder, Patches patches) {
        return encoder.encode(patches).slice(1, new LongOptional(encoder.prefixTokens()), new LongOptional(), 1);
    }
}
