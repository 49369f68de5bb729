package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.testing.Tensors;

class SinkhornTest {

    @Test
    void givesEveryTokenAwayAndEveryPrototypeItsShareInTheLimit() {
        try (PointerScope scope = new PointerScope()) {
            double[][] shares = Batches.numbers(Sinkhorn.assign(Batches.normal(1, 12, 4), 0.5, 500));
            for (double[] token : shares) {
                assertThat(Arrays.stream(token).sum()).isCloseTo(1, within(1e-12));
            }
            for (int prototype = 0; prototype < 4; prototype++) {
                int column = prototype;
                assertThat(Arrays.stream(shares).mapToDouble(token -> token[column]).sum()).isCloseTo(3, within(1e-9));
            }
        }
    }

    @Test
    void agreesWithTheMethodWrittenOutInPlainNumbers() {
        try (PointerScope scope = new PointerScope()) {
            Tensor scores = Batches.normal(2, 7, 3);
            double[][] expected = Batches.numbers(scores);
            for (double[] token : expected) {
                Arrays.setAll(token, k -> Math.exp(token[k] / 0.3));
            }
            for (int iteration = 0; iteration < 3; iteration++) {
                for (int k = 0; k < 3; k++) {
                    int column = k;
                    double sum = Arrays.stream(expected).mapToDouble(token -> token[column]).sum();
                    Arrays.stream(expected).forEach(token -> token[column] /= sum);
                }
                for (double[] token : expected) {
                    double sum = Arrays.stream(token).sum();
                    Arrays.setAll(token, k -> token[k] / sum);
                }
            }
            double[][] shares = Batches.numbers(Sinkhorn.assign(scores, 0.3, 3));
            for (int i = 0; i < expected.length; i++) {
                assertThat(shares[i]).containsExactly(expected[i], within(1e-12));
            }
        }
    }

    @Test
    void sharesEqualTokensOutEvenly() {
        try (PointerScope scope = new PointerScope()) {
            Tensor equal = ones(5, 1).matmul(Tensors.normal(3, ScalarType.Float, 1, 4));
            for (double[] token : Batches.numbers(Sinkhorn.assign(equal, 0.06, 3))) {
                assertThat(token).containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, within(1e-5));
            }
        }
    }

    @Test
    void staysFiniteIn32BitsForScoresWhoseExponentialsDoNot() {
        try (PointerScope scope = new PointerScope()) {
            Tensor scores = Tensors.normal(4, ScalarType.Float, 9, 5).mul(new Scalar(100));
            for (double[] token : Batches.numbers(Sinkhorn.assign(scores, 0.06, 3))) {
                assertThat(Arrays.stream(token).sum()).isCloseTo(1, within(1e-3));
            }
        }
    }
}
