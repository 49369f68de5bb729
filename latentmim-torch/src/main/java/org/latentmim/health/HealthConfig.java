package org.latentmim.health;

import java.util.List;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("Whether and how often to look if it is learning")
public record HealthConfig(
        @Meaning("steps between two looks, at least 0; one more comes at the end; 0: never") @Default("200") int every,
        @Meaning("images to look at, the first of the first epoch, at least 4") @Default("32") int images,
        @Meaning("verdicts that stop the run when three looks in a row give them") @Default("[]") List<Verdict> stopOn) {

    public HealthConfig {
        if (every < 0) {
            throw new IllegalArgumentException("every must be at least 0, but is " + every);
        }
        if (images < 4) {
            throw new IllegalArgumentException("images must be at least 4, but is " + images);
        }
        for (Verdict verdict : stopOn) {
            if (!verdict.isFailure()) {
                throw new IllegalArgumentException("stop-on must name failures, but has " + verdict.words());
            }
        }
    }
}
