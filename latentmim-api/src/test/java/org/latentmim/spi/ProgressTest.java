package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void measuresTheShareDoneInEpochs() {
        assertThat(new Progress(0, 100, 0, 10, 1).fraction()).isZero();
        assertThat(new Progress(99, 100, 2.5, 10, 1).fraction()).isEqualTo(0.25);
    }

    @Test
    void neverGoesBeyondTheEnd() {
        assertThat(new Progress(100, 100, 10.5, 10, 1).fraction()).isEqualTo(1);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Progress(-1, 100, 0, 10, 1))
                .withMessage("no such progress: step -1 of 100, epoch 0.0 of 10.0, 1 images a step");
        assertThatIllegalArgumentException().isThrownBy(() -> new Progress(0, 0, 0, 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Progress(0, 1, Double.NaN, 10, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Progress(0, 1, 0, 0, 1));
    }
}
