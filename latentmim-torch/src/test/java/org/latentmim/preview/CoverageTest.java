package org.latentmim.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void countsHowOftenEachPatchIsChosen() {
        Coverage coverage = new Coverage(4);
        coverage.add(new int[] {0, 2});
        coverage.add(new int[] {0, 1});
        assertThat(coverage.of(0)).isEqualTo(1);
        assertThat(coverage.of(1)).isEqualTo(0.5);
        assertThat(coverage.mean()).isEqualTo(0.5);
        assertThat(coverage.least()).isZero();
        assertThat(coverage.most()).isEqualTo(1);
        assertThat(coverage.never()).isEqualTo(1);
        assertThat(coverage.spread()).isCloseTo(Math.sqrt((0.25 + 0 + 0 + 0.25) / 4), within(1e-15));
        assertThat(coverage.spreadByChance()).isCloseTo(Math.sqrt(0.5 * 0.5 / 2), within(1e-15));
    }

    @Test
    void spreadsOverThePatchesAsMuchAsChanceSaysIfAllAreAlike() {
        Coverage coverage = new Coverage(400);
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < 500; draw++) {
            coverage.add(random.ints(0, 400).distinct().limit(100).toArray());
        }
        // The standard deviation of 400 shares is known to 1 part in sqrt(2 * 400), or 3.5 percent.
        assertThat(coverage.spread() / coverage.spreadByChance()).isCloseTo(1, within(0.1));
    }

    @Test
    void spreadsNotAtAllIfPatchesTakeTurns() {
        Coverage coverage = new Coverage(4);
        coverage.add(new int[] {0, 1});
        coverage.add(new int[] {2, 3});
        assertThat(coverage.spread()).isZero();
        assertThat(coverage.never()).isZero();
    }
}
