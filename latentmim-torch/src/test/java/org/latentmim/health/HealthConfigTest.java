package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthConfigTest {

    @Test
    void hasNoNumberOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthConfig(-1, 32, List.of()))
                .withMessage("every must be at least 0, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthConfig(1, 3, List.of()))
                .withMessage("images must be at least 4, but is 3");
    }

    @Test
    void aRunDoesNotStopBecauseItIsWell() {
        List<Verdict> wrong = List.of(Verdict.DIVERGING, Verdict.HEALTHY);
        assertThatIllegalArgumentException().isThrownBy(() -> new HealthConfig(1, 32, wrong))
                .withMessage("stop-on must name failures, but has healthy");
    }
}
