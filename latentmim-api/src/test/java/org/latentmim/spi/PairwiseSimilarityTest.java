package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class PairwiseSimilarityTest {

    @Test
    void isTheMeanOverAllPairsOfTokensWithThemselves() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tokens = randn(new long[] {3, 7, 5}, new TensorOptions(ScalarType.Double));
            Tensor unit = tokens.div(tokens.norm(new ScalarOptional(new Scalar(2)), new long[] {-1}, true));
            double allPairs = bmm(unit, unit.transpose(1, 2)).mean().item_double();
            assertThat(PairwiseSimilarity.mean(tokens).item_double()).isCloseTo(allPairs, within(1e-12));
        }
    }

    @Test
    void knowsEqualOrthogonalAndOppositeTokens() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(similarity(3, 4, 6, 8)).isCloseTo(1, within(1e-12));
            assertThat(similarity(2, 0, 0, 5)).isCloseTo(0.5, within(1e-12));
            assertThat(similarity(1, 1, -2, -2)).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void staysFiniteForTokensOfNothing() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tokens = zeros(1, 3, 4).set_requires_grad(true);
            Tensor similarity = PairwiseSimilarity.mean(tokens);
            similarity.backward();
            assertThat(similarity.item_double()).isZero();
            assertThat(tokens.grad().isfinite().all().item_bool()).isTrue();
        }
    }

    private static double similarity(double... twoTokens) {
        return PairwiseSimilarity.mean(AbstractTensor.create(twoTokens, 1, 2, 2)).item_double();
    }
}
