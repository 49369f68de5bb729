package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Recomputation;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.testing.DecoderContract;

class CrossAttentionDecoderTest extends DecoderContract {

    private static final DecoderShape SMALL = new DecoderShape(new PatchGrid(2, 3, 2, 0, 1), 1, 8, 12, false);

    @Override
    protected Decoder decoder(DecoderShape shape) {
        return Networks.decoder(shape, 2, true, Positions.Kind.SINE_COSINE);
    }

    /** At depth 0 nothing but the cues can tell a prediction what was seen. */
    @Test
    void bringsWhatWasSeenIntoTheQueriesByVisualCuesAlone() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder with = Networks.decoder(SMALL, 0, true, Positions.Kind.SINE_COSINE);
            Decoder without = Networks.decoder(SMALL, 0, false, Positions.Kind.SINE_COSINE);
            Tensor one = Networks.normal(1, ScalarType.Float, 1, 3, 8);
            Tensor other = Networks.normal(2, ScalarType.Float, 1, 3, 8);
            assertThat(distance(predicted(with, one), predicted(with, other))).isGreaterThan(1e-3);
            assertThat(distance(predicted(without, one), predicted(without, other))).isZero();
        }
    }

    @Test
    void leavesThePrefixTokensOutOfTheVisualCues() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Decoder decoder = Networks.decoder(SMALL, 0, true, Positions.Kind.SINE_COSINE);
            Tensor seen = Networks.normal(1, ScalarType.Float, 1, 3, 8);
            Tensor otherPrefix = seen.clone();
            otherPrefix.narrow(1, 0, 1).add_(new Scalar(5));
            assertThat(distance(predicted(decoder, seen), predicted(decoder, otherPrefix))).isZero();
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> config(0, 1, 4, 4))
                .withMessage("width must be at least 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> config(8, -1, 4, 4))
                .withMessage("depth must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> config(8, 1, 4, -1))
                .withMessage("mlp-ratio must be more than 0, but is -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossAttentionDecoder(config(8, 1, 3, 4), SMALL, Recomputation.NEVER))
                .withMessage("heads must divide width, but 3 does not divide 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossAttentionDecoder(config(8, 1, 0, 4), SMALL, Recomputation.NEVER))
                .withMessage("heads must divide width, but 0 does not divide 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossAttentionDecoder(config(6, 1, 3, 4), SMALL, Recomputation.NEVER))
                .withMessage("width must be a multiple of 4 for its positions, but is 6");
    }

    private static CrossAttentionDecoder.Config config(int width, int depth, int heads, double mlpRatio) {
        return new CrossAttentionDecoder.Config(width, depth, heads, mlpRatio, true, Positions.Kind.SINE_COSINE);
    }

    private static Tensor predicted(Decoder decoder, Tensor visible) {
        return decoder.predict(visible, AbstractTensor.create(new long[] {4, 1}, 1, 2),
                AbstractTensor.create(new long[] {0, 2, 3, 5}, 1, 4));
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }
}
