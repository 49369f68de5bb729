package org.latentmim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.junit.jupiter.api.Test;

class FlopsTest {

    @Test
    void aProductTakesTwoOperationsForEachPairOfNumbers() {
        assertThat(Flops.matrices(1, 3, 5, 7, 2)).isEqualTo(new Flops(2 * 3 * 5 * 7, 2 * 2 * 3 * 5 * 7));
        assertThat(Flops.matrices(4, 3, 5, 7, 1)).isEqualTo(new Flops(840, 840));
        assertThat(Flops.matrices(4, 3, 5, 7, 1).all()).isEqualTo(1680);
    }

    @Test
    void attentionIsTwoProductsOfEachHead() {
        double product = 2 * 6 * 4 * 9 * 8;
        assertThat(Flops.attention(6, 4, 9, 8, 1, 1, 1)).isEqualTo(new Flops(2 * product, 4 * product));
        assertThat(Flops.attention(6, 4, 9, 8, 0, 0, 1)).isEqualTo(new Flops(2 * product, product));
        assertThat(Flops.attention(6, 4, 9, 8, 1, 0, 0)).isEqualTo(new Flops(2 * product, 2 * product));
    }

    @Test
    void aLayerOfWeightsOnConstantsHasOneGradient() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = randn(11, 7).set_requires_grad(true);
            Tensor bias = randn(11).set_requires_grad(true);
            Tensor x = randn(2, 5, 7);
            double forward = 2 * 2 * 5 * 7 * 11;
            assertThat(RecordedFlops.of(linear(x, weight, new TensorOptional(bias))))
                    .isEqualTo(new Flops(forward, forward));
            assertThat(RecordedFlops.of(linear(x, weight, new TensorOptional()))).isEqualTo(new Flops(forward, forward));
            assertThat(RecordedFlops.of(linear(x.set_requires_grad(true), weight, new TensorOptional(bias)).relu().sum()))
                    .isEqualTo(new Flops(forward, 2 * forward));
        }
    }

    @Test
    void aProductOfTokensCostsAsMuchWhoeverMultiplies() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tokens = randn(2, 7, 5, 1).set_requires_grad(true);
            double forward = 2 * 2 * 5 * 7 * 11;
            assertThat(RecordedFlops.of(conv2d(tokens, randn(11, 7, 1, 1)))).isEqualTo(new Flops(forward, forward));
            assertThat(RecordedFlops.of(conv2d(tokens, randn(11, 7, 1, 1).set_requires_grad(true))))
                    .isEqualTo(new Flops(forward, 2 * forward));
        }
    }

    @Test
    void aConvolutionMultipliesEachPlaceWithAWholeKernel() {
        try (PointerScope scope = new PointerScope()) {
            Tensor kernels = randn(11, 7, 3, 2).set_requires_grad(true);
            double forward = 2.0 * 2 * 11 * (4 * 4) * (7 * 3 * 2);
            assertThat(RecordedFlops.of(conv2d(randn(2, 7, 6, 5), kernels))).isEqualTo(new Flops(forward, forward));
        }
    }

    @Test
    void aProductThatGoesTwoWaysIsCountedOnce() {
        try (PointerScope scope = new PointerScope()) {
            Tensor a = randn(3, 4, 5).set_requires_grad(true);
            Tensor product = a.matmul(randn(3, 5, 6));
            assertThat(RecordedFlops.of(product.sin().add(product.cos()).sum())).isEqualTo(new Flops(720, 720));
        }
    }

    @Test
    void attentionIsRecorded() {
        try (PointerScope scope = new PointerScope()) {
            Tensor queries = randn(2, 3, 4, 8).set_requires_grad(true);
            Tensor keys = randn(2, 3, 9, 8).set_requires_grad(true);
            Tensor values = randn(2, 3, 9, 8).set_requires_grad(true);
            assertThat(RecordedFlops.of(scaled_dot_product_attention(queries, keys, values)))
                    .isEqualTo(Flops.attention(6, 4, 9, 8, 1, 1, 1));
            Tensor constants = randn(2, 3, 9, 8);
            assertThat(RecordedFlops.of(scaled_dot_product_attention(randn(2, 3, 4, 8), constants, values)))
                    .isEqualTo(Flops.attention(6, 4, 9, 8, 0, 0, 1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> RecordedFlops.of(scaled_dot_product_attention(queries, constants, constants)))
                    .withMessage("ScaledDotProductFlashAttentionForCpuBackward0 of [2, 3, 4, 8] cannot be counted: torch keeps no"
                            + " shape of what has no gradient");
        }
    }

    @Test
    void withoutGradientsNothingIsRecorded() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            assertThat(RecordedFlops.of(randn(3, 4).matmul(randn(4, 5)))).isEqualTo(Flops.NONE);
        }
    }
}
