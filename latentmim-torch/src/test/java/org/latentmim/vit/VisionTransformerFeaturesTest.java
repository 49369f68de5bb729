package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.manual_seed;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Products;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.runtime.RuntimeConfig.DeviceChoice;
import org.latentmim.runtime.RuntimeConfig.Precision;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;
import org.latentmim.vit.EncoderPositions.Kind;
import org.latentmim.vit.Networks.Features;

/** What each key of an encoder's configuration does. */
class VisionTransformerFeaturesTest {

    private static final PatchGrid GRID = new PatchGrid(3, 4, 2, 0, 3);
    private static final int IMAGES = 2;
    private static final Compute BFLOAT16 = Compute.of(
            RuntimeConfig.of(DeviceChoice.CPU, Precision.BF16));

    @Test
    void standsClassTokenAndRegistersBeforeThePatches() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN.withPrefix(true, 3));
            assertThat(encoder.prefixTokens()).isEqualTo(4);
            assertThat(encoder.encode(patches(5)).shape()).containsExactly(IMAGES, 4 + 5, 16);
            assertThat(encoder.parameters().learning().get("register_tokens").shape()).containsExactly(1, 3, 16);
            Tensor before = encoder.encode(patches(5));
            encoder.parameters().all().get("register_tokens").mul_(new Scalar(5));
            assertThat(Networks.distance(encoder.encode(patches(5)).narrow(1, 4, 5), before.narrow(1, 4, 5)))
                    .as("patches look at registers").isGreaterThan(1e-6);
        }
    }

    @Test
    void canDoWithoutClassToken() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN.withPrefix(false, 0));
            assertThat(encoder.prefixTokens()).isZero();
            assertThat(encoder.parameters().all()).doesNotContainKeys("cls_token", "register_tokens", "mask_token");
            assertThat(encoder.encode(patches(5)).shape()).containsExactly(IMAGES, 5, 16);
            assertThatThrownBy(() -> encoder.attention(patches(5))).isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("this encoder has no class token that attends to patches; class-token: true gives it one");
        }
    }

    /** With a class token alone, what it does not give to patches it keeps for itself. */
    @Test
    void tellsWhereTheClassTokenLooksAndNotWhereARegisterDoes() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN.withPrefix(true, 2));
            Tensor before = encoder.attention(patches(5));
            assertThat(before.shape()).containsExactly(IMAGES, 4, 5);
            Tensor token = encoder.parameters().all().get("cls_token");
            token.copy_(Networks.normal(1, ScalarType.Float, 1, 1, 16));
            assertThat(Networks.distance(encoder.attention(patches(5)), before)).isGreaterThan(1e-4);
            assertThat(encoder.attention(patches(5)).sum(2).max().item_double()).as("registers get a share").isLessThan(1);
        }
    }

    @Test
    void dropsMoreOftenTheDeeperABlockLies() {
        try (PointerScope scope = new PointerScope()) {
            VisionTransformer encoder = Networks.encoder(GRID, Features.PLAIN.withDropPath(0.999999));
            manual_seed(1);
            List<Tensor> outputs = encoder.blocks(patches(5), 2);
            assertThat(outputs.get(1).equal(outputs.get(0))).as("the last block is skipped").isTrue();
            try (NoGradGuard frozen = new NoGradGuard()) {
                List<Tensor> whole = encoder.blocks(patches(5), 2);
                assertThat(Networks.distance(whole.get(0), outputs.get(0))).as("the first never is").isLessThan(1e-6);
                assertThat(Networks.distance(whole.get(1), whole.get(0))).isGreaterThan(1e-3);
            }
        }
    }

    @Test
    void startsFromAlmostNothingWithASmallLayerScale() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            VisionTransformer encoder = Networks.encoder(GRID, Features.PLAIN.withLayerScale(1e-9));
            List<Tensor> outputs = encoder.blocks(patches(5), 2);
            assertThat(Networks.distance(outputs.get(1), outputs.get(0))).isLessThan(1e-7);
            assertThat(encoder.parameters().learning())
                    .containsKeys("blocks.0.ls1.gamma", "blocks.0.ls2.gamma", "blocks.1.ls1.gamma", "blocks.1.ls2.gamma");
        }
    }

    /** A shown patch whose embedding is the mask token, whatever its values, is as good as a hidden one. */
    @Test
    void putsTheMaskTokenInPlaceOfTheEmbeddingOfHiddenPatches() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN.withAllTokens());
            assertThat(encoder.encodesHidden()).isTrue();
            Map<String, Tensor> tensors = encoder.parameters().all();
            tensors.get("embed.proj.weight").zero_();
            tensors.get("embed.proj.bias").copy_(tensors.get("mask_token").flatten());
            Patches shown = patches(6);
            Patches hidden = new Patches(shown.values(), shown.ids(), 4);
            assertThat(Networks.distance(encoder.encode(hidden), encoder.encode(shown))).isLessThan(1e-6);
            tensors.get("mask_token").mul_(new Scalar(-1));
            assertThat(Networks.distance(encoder.encode(hidden), encoder.encode(shown))).isGreaterThan(1e-4);
        }
    }

    @Test
    void refusesHiddenPatchesThatItCannotHide() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN);
            Patches patches = patches(6);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.encode(new Patches(patches.values(), patches.ids(), 4)))
                    .withMessage("this encoder leaves hidden patches out, but got 4; all-tokens: true lets it take them");
        }
    }

    @Test
    void refusesGridsOfOtherPatches() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = Networks.encoder(GRID, Features.PLAIN);
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.on(new PatchGrid(3, 4, 5, 0, 6, 2)))
                    .withMessage("this encoder takes patches of 2 x 2 pixels of 3 channels in 1 band, "
                            + "but the grid cuts patches of 5 x 5 pixels of 6 channels in 2 bands");
        }
    }

    /** What flows between the blocks keeps its precision, though matrices are multiplied in less. */
    @Test
    void addsUpInFullPrecisionUnderAutocast() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            for (Kind positions : Kind.values()) {
                VisionTransformer encoder = Networks.encoder(GRID, Features.with(positions).withPrefix(false, 0));
                Tensor precise = encoder.blocks(patches(5), 1).get(0);
                try (Autocast autocast = BFLOAT16.autocast()) {
                    Tensor x = encoder.blocks(patches(5), 1).get(0);
                    assertThat(x.scalar_type().intern()).as("with positions %s", positions).isEqualTo(ScalarType.Float);
                    assertThat(Networks.distance(x, precise)).isLessThan(0.1);
                }
            }
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> config(-1, 0, OptionalDouble.empty()))
                .withMessage("registers must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, 1, OptionalDouble.empty()))
                .withMessage("drop-path must be at least 0 and less than 1, but is 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, Double.NaN, OptionalDouble.empty()))
                .withMessage("drop-path must be at least 0 and less than 1, but is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, 0, OptionalDouble.of(0)))
                .withMessage("layer-scale must be more than 0, but is 0.0");
    }

    private static VisionTransformer.Config config(int registers, double dropPath, OptionalDouble layerScale) {
        return Networks.config(16, 2, 4, new Features(Kind.SINE_COSINE, true, registers, dropPath, layerScale, false), 0);
    }

    private static Patches patches(int count) {
        return new Patches(Networks.normal(1, ScalarType.Float, IMAGES, count, GRID.valuesPerPatch()),
                arange(new Scalar(count)).to(ScalarType.Long).expand(IMAGES, count));
    }
}
