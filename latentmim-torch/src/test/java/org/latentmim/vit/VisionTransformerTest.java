package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Recomputation;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;
import org.latentmim.testing.EncoderContract;
import org.latentmim.vit.VisionTransformer.Size;

class VisionTransformerTest extends EncoderContract {

    private static final Projector.Config NO_PROJECTOR = new Projector.Config(0, 1);

    @Override
    protected Encoder encoder(PatchGrid grid) {
        return Networks.encoder(grid, EncoderPositions.Kind.SINE_COSINE, 3);
    }

    /** Without the classifier of 1000 classes; huge is published with patches of 14 pixels. */
    @ParameterizedTest
    @CsvSource({"TINY, 16, 5524416", "SMALL, 16, 21665664", "BASE, 16, 85798656", "LARGE, 16, 303301632", "HUGE, 14, 630764800"})
    void hasAsManyParametersAsPublished(Size size, int patchSize, long published) {
        try (PointerScope scope = new PointerScope()) {
            PatchGrid grid = new PatchGrid(224 / patchSize, 224 / patchSize, patchSize, 0, 3);
            int depth = sized(size, OptionalInt.empty()).depth().getAsInt();
            long ofOneBlock = counted(sized(size, OptionalInt.of(1)), grid);
            long ofTwoBlocks = counted(sized(size, OptionalInt.of(2)), grid);
            assertThat(ofOneBlock + (depth - 1) * (ofTwoBlocks - ofOneBlock)).isEqualTo(published);
        }
    }

    @Test
    void countsWhatTheClosedFormSaysOfTheBase() {
        long width = 768;
        long ofBlock = 12 * width * width + 13 * width; // qkv 3, projection 1, hidden layer 8; biases 9, norms 4
        long embedding = 16 * 16 * 3 * width + width;
        long expected = embedding + 197 * width + width + 12 * ofBlock + 2 * width; // positions, class token, last norm
        assertThat(expected).isEqualTo(85_798_656);
        PatchGrid grid = new PatchGrid(14, 14, 16, 0, 3);
        try (PointerScope scope = new PointerScope()) {
            assertThat(counted(sized(Size.BASE, OptionalInt.empty()), grid)).isEqualTo(expected);
        }
    }

    @Test
    void countsTheProjectorOfTheDefaultRecipe() {
        try (PointerScope scope = new PointerScope()) {
            PatchGrid grid = grid();
            long without = Networks.encoder(grid, EncoderPositions.Kind.SINE_COSINE, 0).parameters().count();
            long with = Networks.encoder(grid, EncoderPositions.Kind.SINE_COSINE, 3).parameters().count();
            assertThat(with - without).isEqualTo((16 * 24 + 2 * 24) + (24 * 24 + 2 * 24) + (24 * 16 + 2 * 16));
        }
    }

    @Test
    void theGivenNumbersWinOverThoseOfTheSize() {
        VisionTransformer.Config config = config(
                Size.BASE, OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(6), 4);
        assertThat(config.width()).hasValue(768);
        assertThat(config.depth()).hasValue(2);
        assertThat(config.heads()).hasValue(6);
    }

    @Test
    void learnsItsPositionsOnlyIfToldTo() {
        String name = "pos_embed.pos_embeds";
        assertThat(Networks.encoder(grid(), EncoderPositions.Kind.SINE_COSINE, 0).parameters().learning())
                .doesNotContainKey(name);
        assertThat(Networks.encoder(grid(), EncoderPositions.Kind.LEARNED, 0).parameters().learning()).containsKey(name);
    }

    @Test
    void saysTheSameOfAnImageWhateverIsBesideIt() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Tensor values = Networks.normal(1, ScalarType.Float, 2, 3, 48);
            Tensor ids = AbstractTensor.create(new long[] {7, 0, 3, 1, 2, 15}, 2, 3);
            Tensor both = encoder.encode(new Patches(values, ids));
            Tensor second = encoder.encode(new Patches(values.narrow(0, 1, 1), ids.narrow(0, 1, 1)));
            assertThat(both.narrow(0, 1, 1).sub(second).abs().max().item_double()).isLessThan(1e-5);
        }
    }

    @Test
    void aCustomSizeNeedsWidthDepthAndHeads() {
        OptionalInt none = OptionalInt.empty();
        OptionalInt some = OptionalInt.of(4);
        assertThatIllegalArgumentException().isThrownBy(() -> custom(none, some, some))
                .withMessage("width is missing: give it, or name a size such as size: tiny");
        assertThatIllegalArgumentException().isThrownBy(() -> custom(some, none, some))
                .withMessage("depth is missing: give it, or name a size such as size: tiny");
        assertThatIllegalArgumentException().isThrownBy(() -> custom(some, some, none))
                .withMessage("heads is missing: give it, or name a size such as size: tiny");
    }

    @Test
    void refusesNumbersOutOfRange() {
        OptionalInt four = OptionalInt.of(4);
        assertThatIllegalArgumentException().isThrownBy(() -> custom(OptionalInt.of(0), four, four))
                .withMessage("width must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> custom(four, OptionalInt.of(-1), four))
                .withMessage("depth must be at least 1, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> custom(four, four, OptionalInt.of(0)))
                .withMessage("heads must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> withMlpRatio(0))
                .withMessage("mlp-ratio must be more than 0, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> withMlpRatio(Double.NaN))
                .withMessage("mlp-ratio must be more than 0, but is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> new Projector.Config(-1, 8))
                .withMessage("depth must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Projector.Config(1, 0))
                .withMessage("width must be at least 1, but is 0");
    }

    @Test
    void refusesWidthsThatCannotBeDivided() {
        assertThatIllegalArgumentException().isThrownBy(() -> built(16, 3))
                .withMessage("heads must divide width, but 3 does not divide 16");
        assertThatIllegalArgumentException().isThrownBy(() -> built(18, 3))
                .withMessage("width must be a multiple of 4 for its positions, but is 18");
    }

    @Test
    void refusesMoreBlocksThanItHas() {
        try (PointerScope scope = new PointerScope()) {
            Encoder encoder = encoder(grid());
            Tensor ids = AbstractTensor.create(new long[1], 1, 1);
            Patches patches = new Patches(Networks.normal(1, ScalarType.Float, 1, 1, 48), ids);
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.blocks(patches, 3))
                    .withMessage("an encoder of 2 blocks has no last 3");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.blocks(patches, 0))
                    .withMessage("an encoder of 2 blocks has no last 0");
        }
    }

    private static long counted(VisionTransformer.Config config, PatchGrid grid) {
        return new VisionTransformer(config, grid, Recomputation.NEVER).parameters().count();
    }

    private static VisionTransformer.Config sized(Size size, OptionalInt depth) {
        return config(size, OptionalInt.empty(), depth, OptionalInt.empty(), 4);
    }

    private static VisionTransformer.Config custom(OptionalInt width, OptionalInt depth, OptionalInt heads) {
        return config(Size.CUSTOM, width, depth, heads, 4);
    }

    private static VisionTransformer.Config withMlpRatio(double ratio) {
        OptionalInt four = OptionalInt.of(4);
        return config(Size.CUSTOM, four, four, four, ratio);
    }

    private static VisionTransformer.Config config(
            Size size, OptionalInt width, OptionalInt depth, OptionalInt heads, double mlpRatio) {
        return new VisionTransformer.Config(size, width, depth, heads, mlpRatio, EncoderPositions.Kind.SINE_COSINE, true, 0, 0,
                OptionalDouble.empty(), false, NO_PROJECTOR);
    }

    private static VisionTransformer built(int width, int heads) {
        return new VisionTransformer(
                Networks.config(width, 1, heads, Networks.Features.PLAIN, 0), new PatchGrid(2, 2, 2, 0, 1), Recomputation.NEVER);
    }
}
