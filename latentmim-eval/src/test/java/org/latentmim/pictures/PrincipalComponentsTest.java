package org.latentmim.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentmim.testing.Tensors;

class PrincipalComponentsTest {

    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void componentsAreCentredOfLengthOneAndUncorrelated() {
        Tensor mixed = Tensors.normal(1, ScalarType.Double, 200, 6).matmul(Tensors.normal(2, ScalarType.Double, 6, 6));
        double[][] white = Doubles.rows(PrincipalComponents.whitened(mixed, 3));
        for (int a = 0; a < 3; a++) {
            int first = a;
            assertThat(Arrays.stream(white).mapToDouble(row -> row[first]).average().orElseThrow()).isCloseTo(0, within(1e-12));
            for (int b = 0; b <= a; b++) {
                int second = b;
                assertThat(Arrays.stream(white).mapToDouble(row -> row[first] * row[second]).average().orElseThrow())
                        .isCloseTo(a == b ? 1 : 0, within(1e-10));
            }
            assertThat(Arrays.stream(white).mapToDouble(row -> Math.pow(row[first], 3)).sum()).isPositive();
        }
    }

    /** Along (3, 4) the points lie at -1, -1, -1 and 3, along (4, -3) at -0.1, 0.1, 0, 0: whitened by hand. */
    @Test
    void theFirstComponentIsTheLongAxis() {
        double[] points = new double[8];
        double[] along = {-1, -1, -1, 3};
        double[] across = {-0.1, 0.1, 0, 0};
        for (int i = 0; i < 4; i++) {
            points[2 * i] = 0.6 * along[i] + 0.8 * across[i] + 5;
            points[2 * i + 1] = 0.8 * along[i] - 0.6 * across[i] - 7;
        }
        double[][] white = Doubles.rows(PrincipalComponents.whitened(AbstractTensor.create(points, 4, 2), 2));
        double third = 1 / Math.sqrt(3);
        for (int i = 0; i < 4; i++) {
            assertThat(white[i][0]).isCloseTo(along[i] * third, within(1e-9));
            assertThat(Math.abs(white[i][1])).isCloseTo(Math.abs(across[i]) * Math.sqrt(200), within(1e-9));
        }
    }

    @Test
    void whatDoesNotVaryHasNoComponents() {
        Tensor same = ones(new long[] {7, 4}, new TensorOptions(ScalarType.Double));
        double[][] none = Doubles.rows(PrincipalComponents.whitened(same, 3));
        assertThat(Arrays.stream(none).flatMapToDouble(Arrays::stream).boxed()).hasSize(21).allMatch(value -> value == 0);
        Tensor line = AbstractTensor.create(new double[] {1, 2, 2, 4, 6, 12}, 3, 2);
        assertThat(List.of(Doubles.rows(PrincipalComponents.whitened(line, 2)))).hasSize(3).allMatch(row -> row[1] == 0);
    }

    @Test
    void thereAreNoMoreComponentsThanNumbers() {
        assertThat(PrincipalComponents.whitened(Tensors.normal(3, ScalarType.Double, 9, 2), 3).size(1)).isEqualTo(2);
    }
}
