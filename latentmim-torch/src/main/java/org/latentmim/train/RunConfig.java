package org.latentmim.train;

import java.util.Optional;
import org.latentmim.checkpoint.Best;
import org.latentmim.checkpoint.Keeping;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("Seed and housekeeping")
public record RunConfig(
        @Meaning("what all chance is made of") @Default("0") long seed,
        @Meaning("steps between two lines of metrics, at least 1") @Default("20") int logEvery,
        @Meaning("epochs between two evaluations; 0: only at the end") @Default("0") int evaluateEvery,
        @Meaning("minutes between two checkpoints; 0: none by the clock") @Default("10") int checkpointMinutes,
        @Meaning("steps between two checkpoints; 0: none by steps") @Default("0") int checkpointSteps,
        @Meaning("epochs between two checkpoints; 0: none by epochs") @Default("0") int checkpointEpochs,
        @Meaning("checkpoints that are kept, the last ones, at least 1; 2 outlive a damaged one") @Default("2") int keepNewest,
        @Meaning("of so many epochs one checkpoint is kept for good; 0: of none") @Default("0") int keepEvery,
        @Meaning("a metric whose best checkpoint is made and kept, such as epoch-loss") Optional<String> keepBest,
        @Meaning("which value of that metric is the best: highest or lowest") @Default("highest") Best.Extreme best,
        @Meaning("share of images that may be unreadable before the run stops, in [0, 1]") @Default("0.01") double tolerateUnreadable) {

    public RunConfig {
        atLeast(1, logEvery, "log-every");
        atLeast(0, evaluateEvery, "evaluate-every");
        atLeast(0, checkpointMinutes, "checkpoint-minutes");
        atLeast(0, checkpointSteps, "checkpoint-steps");
        atLeast(0, checkpointEpochs, "checkpoint-epochs");
        atLeast(1, keepNewest, "keep-newest");
        atLeast(0, keepEvery, "keep-every");
        if (!(tolerateUnreadable >= 0 && tolerateUnreadable <= 1)) {
            throw new IllegalArgumentException("tolerate-unreadable must be between 0 and 1, but is " + tolerateUnreadable);
        }
    }

    /** Returns which checkpoints are kept. */
    public Keeping keeping() {
        return new Keeping(keepNewest, keepEvery, keepBest.map(metric -> new Best(metric, best)));
    }

    private static void atLeast(int minimum, int value, String name) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", but is " + value);
        }
    }
}
