package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void keepsTheOrderAndTellsWhatLearns() {
        Parameters parameters = new Parameters();
        parameters.learn("weight", zeros(2, 3));
        parameters.keep("positions", zeros(4));
        parameters.learn("bias", zeros(2));
        assertThat(parameters.all()).containsOnlyKeys("weight", "positions", "bias");
        assertThat(parameters.learning().keySet()).containsExactly("weight", "bias");
        assertThat(parameters.count()).isEqualTo(12);
    }

    @Test
    void keepsItsTensorsWhenTheScopeCloses() {
        Parameters parameters = new Parameters();
        Tensor weight;
        try (PointerScope scope = new PointerScope()) {
            weight = parameters.learn("weight", zeros(2, 3));
        }
        assertThat(weight.isNull()).isFalse();
        assertThat(weight.numel()).isEqualTo(6);
    }

    @Test
    void refusesANameTwice() {
        Parameters parameters = new Parameters();
        parameters.keep("weight", zeros(1));
        assertThatIllegalArgumentException().isThrownBy(() -> parameters.learn("weight", zeros(1)))
                .withMessage("there are two tensors with the name 'weight'");
    }

    @Test
    void cannotBeAddedToWhereThereAreNone() {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> Parameters.NONE.keep("weight", zeros(1)));
    }
}
