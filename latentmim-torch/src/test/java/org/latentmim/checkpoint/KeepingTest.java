package org.latentmim.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeepingTest {

    private static final Optional<Best> NONE = Optional.empty();

    @Test
    void keepsTheNewest() {
        List<CheckpointState> all = List.of(at(1, 0.1), at(2, 0.2), at(3, 0.3));
        assertThat(new Keeping(2, 0, NONE).of(all)).containsExactlyInAnyOrder(2L, 3L);
        assertThat(new Keeping(5, 0, NONE).of(all)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    /** The first of each two epochs, wherever in them it was written: a checkpoint can be put off. */
    @Test
    void keepsOneOfEveryFewEpochs() {
        List<CheckpointState> all = List.of(
                at(1, 1), at(2, 1.9), at(3, 2.1), at(4, 3.9), at(5, 4), at(6, 4.5), at(7, 4.6), at(8, 5));
        assertThat(new Keeping(1, 2, NONE).of(all)).containsExactlyInAnyOrder(3L, 5L, 8L);
    }

    @Test
    void keepsTheFirstOfTheBest() {
        List<CheckpointState> all = List.of(
                at(1, 1, 0.5), at(2, 2, Double.NaN), at(3, 3, 0.7), at(4, 4), at(5, 5, 0.7), at(6, 6, 0.4), at(7, 7, 0.6));
        assertThat(new Keeping(1, 0, best(Best.Extreme.HIGHEST)).of(all)).containsExactlyInAnyOrder(3L, 7L);
        assertThat(new Keeping(1, 0, best(Best.Extreme.LOWEST)).of(all)).containsExactlyInAnyOrder(6L, 7L);
        assertThat(new Keeping(1, 0, best(Best.Extreme.LOWEST)).of(List.of(at(1, 1), at(2, 2)))).containsExactly(2L);
    }

    @Test
    void countsWhatIsKeptAtMost() {
        assertThat(new Keeping(2, 0, NONE).most(100)).isEqualTo(2);
        assertThat(new Keeping(2, 30, best(Best.Extreme.LOWEST)).most(100)).isEqualTo(6);
    }

    private static Optional<Best> best(Best.Extreme is) {
        return Optional.of(new Best("accuracy", is));
    }

    private static CheckpointState at(long step, double epoch) {
        return CheckpointState.now(step, epoch);
    }

    private static CheckpointState at(long step, double epoch, double accuracy) {
        return CheckpointState.now(step, epoch, Map.of("accuracy", accuracy), JsonNodeFactory.instance.objectNode());
    }
}
