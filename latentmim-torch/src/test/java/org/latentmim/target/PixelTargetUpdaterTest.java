package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskedPatches;

class PixelTargetUpdaterTest {

    private static final PatchGrid GRID = new PatchGrid(1, 3, 2, 0, 1);

    /** 1, 2, 3, 4: mean 2.5, unbiased variance 5 / 3; 8, 8, 8, 8: variance 0. */
    @Test
    void givesEachPatchMeanZeroAndVarianceOne() {
        try (PointerScope scope = new PointerScope()) {
            double[] targets = targets(true);
            double deviation = Math.sqrt(5.0 / 3 + 1e-6);
            double[] expected = {0, 0, 0, 0, -1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation};
            assertThat(targets).containsExactly(expected, within(1e-12));
            assertThat(targets[4]).isCloseTo(-1.161895, within(1e-6));
        }
    }

    @Test
    void leavesThePixelsAsTheEncoderSeesThem() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(targets(false)).containsExactly(8, 8, 8, 8, 1, 2, 3, 4);
        }
    }

    @Test
    void isAsWideAsAPatchHasValues() {
        assertThat(TinyTarget.of("{name: pixels}").updater().width()).isEqualTo(4 * 4 * 3);
    }

    @Test
    void refusesToNormalizeASingleValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PixelTargetUpdater(new PixelTargetUpdater.Config(true), new PatchGrid(4, 4, 1, 0, 1)))
                .withMessage("normalize needs patches of 2 values or more, but they have 1");
    }

    private static double[] targets(boolean normalize) {
        Tensor values = AbstractTensor.create(new double[] {1, 2, 3, 4, 9, 9, 9, 9, 8, 8, 8, 8}, 1, 3, 4);
        Tensor ids = AbstractTensor.create(new long[] {1, 2, 0}, 1, 3);
        Tensor targets = new PixelTargetUpdater(new PixelTargetUpdater.Config(normalize), GRID)
                .targets(new MaskedPatches(values, ids.narrow(1, 0, 1), ids.narrow(1, 1, 2), ids.narrow(1, 0, 0)));
        double[] numbers = new double[8];
        targets.contiguous().data_ptr_double().get(numbers);
        return numbers;
    }
}
