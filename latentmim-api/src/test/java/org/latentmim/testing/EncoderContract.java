package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;

/** What every {@link Encoder} promises. */
public abstract class EncoderContract {

    private static final int IMAGES = 2;
    private static final int SHOWN = 5;

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
        try (PointerScope scope = new PointerScope()) {
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
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Patches patches = patches();
            Patches reversed = new Patches(patches.values().flip(1), patches.ids().flip(1));
            assertThat(Tensors.distance(shown(encoder, reversed), shown(encoder, patches).flip(1))).isLessThan(1e-4);
        }
    }

    @Test
    void knowsWhereAPatchLies() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Patches patches = patches();
            Patches moved = new Patches(patches.values(), patches.ids().flip(1));
            assertThat(Tensors.distance(shown(encoder, moved), shown(encoder, patches))).isGreaterThan(1e-6);
        }
    }

    @Test
    void saysTheSameOfTheSamePatches() {
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
            encoder.encode(patches()).square().mean().backward();
            assertThat(learning).isNotEmpty();
            learning.forEach((name, tensor) ->
                    assertThat(tensor.grad().defined()).as("gradient of " + name).isTrue());
            assertThat(encoder.parameters()).isSameAs(encoder.parameters());
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        Encoder encoder = encoder(grid());
        work(encoder);
        long before = Pointer.totalCount();
        for (int i = 0; i < 50; i++) {
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
            encoder.encode(patches()).sum().backward();
            try (NoGradGuard frozen = new NoGradGuard()) {
                encoder.encode(patches());
                encoder.blocks(patches(), 1);
            }
        }
    }

    private Patches patches() {
        return Tensors.patches(grid(), IMAGES, SHOWN);
    }

    private static Tensor shown(Encoder encoder, Patches patches) {
        return encoder.encode(patches).slice(1, new LongOptional(encoder.prefixTokens()), new LongOptional(), 1);
    }
}
