package org.latentmim.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

    /** Of two rows it is the deviation of their difference, shared out between them. */
    @Test
    void twoRowsAreTheirPairs() {
        Chance chance = Chance.of(List.of(Map.of(1L, 11.0, 2L, 52.0, 3L, 96.0), Map.of(1L, 10.0, 2L, 50.0, 3L, 90.0)));
        assertThat(chance.freedom()).isEqualTo(2);
        assertThat(chance.deviation()).isCloseTo(Math.sqrt(7 / 2.0), within(1e-12)); // of the differences 1, 2, 6
    }

    @Test
    void whatARowOrASeedHasInCommonIsNoChance() {
        Random random = new Random(1);
        List<Map<Long, Double>> rows = IntStream.range(0, 5)
                .mapToObj(row -> LongStream.range(0, 4).boxed()
                        .collect(Collectors.toMap(seed -> seed, seed -> 100.0 * row * row + 10 * seed)))
                .toList();
        assertThat(Chance.of(rows).deviation()).isCloseTo(0, within(1e-9));
        List<Map<Long, Double>> noisy = rows.stream()
                .map(row -> row.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, cell -> cell.getValue() + random.nextGaussian())))
                .toList();
        assertThat(Chance.of(noisy).freedom()).isEqualTo(12);
        assertThat(Chance.of(noisy).deviation()).isBetween(0.5, 1.6);
    }

    /** The residual of numpy's least squares on the same cells: squares 5.1 with 2 degrees of freedom. */
    @Test
    void missingCellsAreFittedByLeastSquares() {
        Chance chance = Chance.of(List.of(Map.of(1L, 3.0, 2L, 5.5, 3L, 4.0), Map.of(1L, 2.0, 2L, 6.0),
                Map.of(2L, 7.0, 3L, 1.0, 4L, 9.0), Map.of(8L, 1.0)));
        assertThat(chance.freedom()).isEqualTo(2);
        assertThat(chance.deviation()).isCloseTo(1.596871942267131, within(1e-9));
    }

    @Test
    void aTableThatIsFittedWithNothingLeftTellsNothing() {
        assertThat(Chance.of(List.of()).freedom()).isZero();
        assertThat(Chance.of(List.of(Map.of(1L, 3.0), Map.of(1L, 4.0))).freedom()).isZero();
        assertThat(Chance.of(List.of(Map.of(1L, 3.0, 2L, 5.0), Map.of(3L, 4.0, 4L, 9.0))).deviation()).isNaN();
    }
}
