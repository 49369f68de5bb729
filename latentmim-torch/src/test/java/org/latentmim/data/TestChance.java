package org.latentmim.data;

import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;

/** Chance for tests of one view. */
final class TestChance {

    /** For views without chance. */
    static final Function<Purpose, RandomGenerator> NONE = purpose -> {
        throw new AssertionError("a choice was drawn for " + purpose);
    };

    private TestChance() {}

    static Function<Purpose, RandomGenerator> of(long epoch) {
        return purpose -> new Randomness(7).generator(purpose, epoch, 0);
    }
}
