package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.globalContext;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFloatsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void switchesShortProductsOffAndBack(boolean before) {
        globalContext().setAllowTF32CuBLAS(before);
        try (WholeFloats whole = new WholeFloats()) {
            assertThat(globalContext().allowTF32CuBLAS()).isFalse();
        }
        assertThat(globalContext().allowTF32CuBLAS()).isEqualTo(before);
    }
}
