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
 * its target. As published, predictions and visible patches add a term each.
 */
final class SimilarityConstraint implements ReconstructionLoss {

    @Meaning("Keeps the patches of an image as alike as a schedule says, which prevents a collapse early on")
    record Config(
            @Default("0.75") @Meaning("mean pairwise cosine similarity wanted at the start, 0 to 1") double from,
            @Default("0.25") @Meaning("mean pairwise cosine similarity wanted at the end, 0 to 1") double to,
            @Default("cosine") @Meaning("the way between them") Schedule.Shape schedule,
            @Default("both") @Meaning("whose latents it looks at; with both, two terms are added") Latents of) {

        Config {
            Range.similarity("from", from);
            Range.similarity("to", to);
        }
    }

    private final Schedule schedule;
    private final Latents of;

    @Inject
    SimilarityConstraint(Config config) {
        schedule = new Schedule(config.from(), config.to(), config.schedule());
        of = config.of();
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        Scalar wanted = new Scalar(schedule.at(progress));
        return of.sum(reconstruction, latents -> PairwiseSimilarity.mean(latents).sub(wanted).square());
    }
}
