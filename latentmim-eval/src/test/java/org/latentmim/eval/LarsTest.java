package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

class LarsTest {

    /** Four times the distance of two neighbouring 32-bit floats about 1. */
    private static final double ROUNDING = 4 * Math.ulp(1f);

    static List<Recording> recordings() {
        return GoldenFiles.recordings("of LARS", recording -> recording.metadata().containsKey("trust_coefficient"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void movesWeightsAndBiasesAsRecorded(Recording recording) {
        assertThat(number(recording, "momentum")).isEqualTo(Lars.MOMENTUM);
        assertThat(number(recording, "trust_coefficient")).isEqualTo(Lars.TRUST);
        try (PointerScope scope = new PointerScope()) {
            for (String name : List.of("weight", "bias")) {
                Tensor moving = recording.tensor(name + ".0").clone();
                Lars lars = new Lars(moving, number(recording, "weight_decay"));
                int steps = (int) recording.names().stream().filter(key -> key.startsWith(name + ".grad.")).count();
                assertThat(steps).isPositive();
                for (int step = 0; step < steps; step++) {
                    lars.step(recording.tensor(name + ".grad." + step), number(recording, "lr"));
                    Tensor recorded = recording.tensor(name + "." + (step + 1));
                    assertThat(moving.sub(recorded).abs().max().item_double()).as(name + " after step " + step)
                            .isLessThanOrEqualTo(ROUNDING * recorded.abs().max().item_double());
                }
                assertThat(moving.sub(recording.tensor(name + ".0")).abs().max().item_double()).isPositive();
            }
        }
    }

    @Test
    void movesByPlainMomentumWhereANormIsZero() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = AbstractTensor.create(new double[] {0, 0}, 1, 2);
            Lars lars = new Lars(weight, 0);
            lars.step(AbstractTensor.create(new double[] {3, -4}, 1, 2), 0.5);
            assertThat(weight.flatten().index_select(0, AbstractTensor.create(0L)).item_double()).isEqualTo(-1.5);
            // Now the norm is 2.5 and the gradient is none: what is left is 0.9 of the velocity.
            lars.step(AbstractTensor.create(new double[] {0, 0}, 1, 2), 0.5);
            assertThat(weight.flatten().index_select(0, AbstractTensor.create(1L)).item_double()).isEqualTo(2 + 0.9 * 2);
        }
    }

    private static double number(Recording recording, String key) {
        return Double.parseDouble(recording.metadata().get(key));
    }
}
