package org.latentmim.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which checkpoints of a run are kept.
 *
 * @param newest how many of the last ones, at least 1
 * @param every of how many epochs one is kept for good; 0: of none
 * @param best keeps the best one too
 */
public record Keeping(int newest, int every, Optional<Best> best) {

    /** Returns the steps of those to keep. */
    Set<Long> of(List<CheckpointState> rising) {
        Set<Long> kept = new HashSet<>();
        rising.subList(Math.max(0, rising.size() - newest), rising.size()).forEach(state -> kept.add(state.step()));
        if (every > 0) {
            long reached = 0;
            for (CheckpointState state : rising) {
                long period = (long) (state.epoch() / every);
                if (period > reached) {
                    kept.add(state.step());
                    reached = period;
                }
            }
        }
        best.flatMap(wanted -> bestOf(rising, wanted)).ifPresent(state -> kept.add(state.step()));
        return kept;
    }

    /** Returns how many are kept of a run of so many epochs, at most. */
    public int most(int epochs) {
        return newest + (every > 0 ? epochs / every : 0) + (best.isPresent() ? 1 : 0);
    }

    static Optional<CheckpointState> bestOf(List<CheckpointState> rising, Best wanted) {
        CheckpointState best = null;
        for (CheckpointState state : rising) {
            double value = state.metrics().getOrDefault(wanted.metric(), Double.NaN);
            if (wanted.better(value, best == null ? Double.NaN : best.metrics().get(wanted.metric()))) {
                best = state;
            }
        }
        return Optional.ofNullable(best);
    }
}
