package org.latentmim.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void saysWhatTheNumbersHaveInCommon() {
        Distribution numbers = of(3, 0, 1, 1);
        assertThat(numbers.count()).isEqualTo(4);
        assertThat(numbers.mean()).isCloseTo(1.25, within(1e-15));
        assertThat(numbers.share(0, 1)).isEqualTo(0.25);
        assertThat(numbers.share(1, 3)).isEqualTo(0.5);
        assertThat(numbers.share(1, 3.5)).isEqualTo(0.75);
    }

    @Test
    void takesTheSmallestNumberThatAShareDoesNotExceed() {
        Distribution numbers = of(3, 0, 1, 1);
        assertThat(numbers.quantile(0.25)).isZero();
        assertThat(numbers.quantile(0.26)).isEqualTo(1);
        assertThat(numbers.quantile(0.75)).isEqualTo(1);
        assertThat(numbers.quantile(1)).isEqualTo(3);
    }

    @Test
    void hasNoQuantileOfNothing() {
        assertThat(of().mean()).isNaN();
        assertThatIllegalStateException().isThrownBy(() -> of().quantile(0.5))
                .withMessage("there are no numbers to take a quantile of");
    }

    private static Distribution of(double... numbers) {
        Distribution distribution = new Distribution();
        DoubleStream.of(numbers).forEach(distribution::add);
        return distribution;
    }
}
