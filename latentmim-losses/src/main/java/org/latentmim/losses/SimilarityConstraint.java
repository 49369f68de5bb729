package org.latentmim.losses;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.Schedule;

/**
 * Keeps the patches of an image as alike as a schedule says: the squared distance of their mean pairwise cosine similarity from
 * its target, for the predictions plus for the visible patches.
 */
final class SimilarityConstraint implements ReconstructionLoss {

    @Meaning("Keeps the patches of an image as alike as a schedule says, which prevents a collapse early on")
    record Config(
            @Default("0.75") @Meaning("Mean pairwise cosine similarity wanted at the start, 0 to 1") double from,
            @Default("0.25") @Meaning("Mean pairwise cosine similarity wanted at the end, 0 to 1") double to,
            @Default("cosine") @Meaning("The way between them") Schedule.Shape schedule) {

        Config {
            similarity("from", from);
            similarity("to", to);
        }

        private static void similarity(String key, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(key + " must be between 0 and 1, but is " + value);
            }
        }
    }

    private final Schedule schedule;

    @Inject
    SimilarityConstraint(Config config) {
        schedule = new Schedule(config.from(), config.to(), config.schedule());
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        Scalar wanted = new Scalar(schedule.at(progress));
        Tensor predicted = PairwiseSimilarity.mean(reconstruction.predicted()).sub(wanted).square();
        Tensor visible = PairwiseSimilarity.mean(reconstruction.visible()).sub(wanted).square();
        return predicted.add(visible);
    }
}
