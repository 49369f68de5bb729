package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.junit.jupiter.api.Test;

class MeansTest {

    private final Means means = new Means();

    @Test
    void countsOnlyWhatIsFinite() {
        add("loss", 1, Double.NaN, 4, Double.POSITIVE_INFINITY);
        add("other", Double.NaN);
        assertThat(means.sums()).isEqualTo(Map.of("loss", new Means.Sum(5, 2), "other", new Means.Sum(0, 0)));
        assertThat(means.read()).isEqualTo(Map.of("loss", 2.5));
        assertThat(means.read()).isEmpty();
    }

    @Test
    void goesOnFromWhatWasKept() {
        means.restore(Map.of("loss", new Means.Sum(5, 2), "untouched", new Means.Sum(8, 4)));
        add("loss", 1);
        assertThat(means.sums()).isEqualTo(Map.of("loss", new Means.Sum(6, 3), "untouched", new Means.Sum(8, 4)));
        assertThat(means.read()).isEqualTo(Map.of("loss", 2.0, "untouched", 2.0));
    }

    @Test
    void leavesNothingBehindOnceItIsRead() {
        long before = Pointer.totalCount();
        add("loss", 1, 2, 3);
        means.read();
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private void add(String name, double... values) {
        try (PointerScope scope = new PointerScope()) {
            for (double value : values) {
                means.add(name, AbstractTensor.create(value).squeeze());
            }
        }
    }
}
