package org.latentmim.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;

class EqualCountsTest {

    private static final PatchGrid GRID = new PatchGrid(4, 5, 1, 0, 1);

    @Test
    void takesTheNumberThat95Of100DrawsReach() {
        EqualCounts counts = counts((wanted, random) -> areas(1 + random.nextInt(10), 10));
        assertThat(counts.visible()).as("of 1 to 10").isEqualTo(1);
        assertThat(counts((wanted, random) -> areas(random.nextInt(100) < 3 ? 1 : 4, 10)).visible()).isEqualTo(4);
        assertThat(counts((wanted, random) -> areas(random.nextInt(100) < 8 ? 1 : 4, 10)).visible()).isEqualTo(1);
        assertThat(counts((wanted, random) -> areas(4, 6)).predictedBeside(4)).isEqualTo(6);
    }

    @Test
    void drawsAnewWhereADrawHasTooFew() {
        EqualCounts counts = counts((wanted, random) -> areas(random.nextInt(100) < 3 ? 1 : 4, 10));
        for (int seed = 0; seed < 1000; seed++) {
            assertThat(counts.sample(4, new SplittableRandom(seed)).visible()).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void leavesOutAtRandomWhatADrawHasTooMuch() {
        EqualCounts counts = counts((wanted, random) -> areas(random.nextBoolean() ? 3 : 8, random.nextBoolean() ? 5 : 9));
        BitSet shown = new BitSet();
        for (int seed = 0; seed < 300; seed++) {
            PatchMask mask = counts.sample(3, new SplittableRandom(seed));
            assertThat(Arrays.stream(mask.visible())).hasSize(3).allMatch(id -> id < 8);
            assertThat(Arrays.stream(mask.masked())).hasSize(5).allMatch(id -> id >= 11);
            Arrays.stream(mask.visible()).forEach(shown::set);
        }
        assertThat(shown.cardinality()).as("of 8 that may be seen").isEqualTo(8);
    }

    @Test
    void completesWhatTheGeometryNeverShowsFirstFromWhatIsLeftOut() {
        EqualCounts counts = counts((wanted, random) -> areas(2, 8));
        PatchMask asMany = counts.sample(12, new SplittableRandom(1));
        assertThat(asMany.visible()).containsExactly(IntStream.range(0, 12).toArray());
        assertThat(asMany.masked()).containsExactly(IntStream.range(12, 20).toArray());
        PatchMask more = counts.sample(15, new SplittableRandom(1));
        assertThat(more.visible()).hasSize(15).contains(IntStream.range(0, 12).boxed().toArray(Integer[]::new));
        assertThat(more.maskedCount()).isEqualTo(5);
    }

    @Test
    void saysWhatToChangeIfNothingIsLeftToPredict() {
        EqualCounts counts = counts((wanted, random) -> areas(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> counts.predictedBeside(2))
                .withMessage("beside 2 visible patches none is left to predict: think again");
    }

    private static EqualCounts counts(EqualCounts.Geometry geometry) {
        return new EqualCounts(GRID, geometry, "think again");
    }

    /** So many of the first cells seen, and so many of the last predicted. */
    private static EqualCounts.Areas areas(int seen, int predicted) {
        BitSet first = new BitSet();
        first.set(0, seen);
        BitSet last = new BitSet();
        last.set(20 - predicted, 20);
        return new EqualCounts.Areas(first, last);
    }
}
