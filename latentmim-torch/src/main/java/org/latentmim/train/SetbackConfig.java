package org.latentmim.train;

import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("What to do about steps whose loss or gradient is not finite; each is skipped")
public record SetbackConfig(
        @Meaning("skipped steps in a row after which the run goes back to its last good checkpoint, at least 1") @Default("10")
                int skips,
        @Meaning("how often the run goes back before it stops, 0 or more") @Default("3") int returns,
        @Meaning("by which each return multiplies the learning rate, in (0, 1]") @Default("0.5") double slowDown) {

    public SetbackConfig {
        if (skips < 1) {
            throw new IllegalArgumentException("skips must be at least 1, but is " + skips);
        }
        if (returns < 0) {
            throw new IllegalArgumentException("returns must be at least 0, but is " + returns);
        }
        if (!(slowDown > 0 && slowDown <= 1)) {
            throw new IllegalArgumentException("slow-down must be more than 0 and at most 1, but is " + slowDown);
        }
    }
}
