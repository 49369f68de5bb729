package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.LossBars;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** InfoNCE: each prediction must pick its own target among the targets of all masked patches of its image, or of the batch. */
final class PatchDiscriminationLoss implements ReconstructionLoss {
    // Shapes: G groups that compare their patches, K patches in each, D width of a latent.

    private static final double SMALLEST_DEVIATION = 1e-4;

    /** Which targets a prediction's own one is told apart from. */
    enum Negatives {
        IMAGE,
        BATCH;

        /** Returns the groups, {@code [B, M, D] -> [G, K, D]}. */
        private Tensor groups(Tensor latents) {
            return this == BATCH ? latents.flatten(0, 1).unsqueeze(0) : latents;
        }
    }

    @Meaning("InfoNCE: each prediction picks its own target among those of its image, or of the batch")
    record Config(
            @Default("0.2") @Meaning("what cosine similarities are divided by, more than 0") double temperature,
            @Default("true") @Meaning("whether predictions are standardised over the patches they are compared with first")
                    boolean standardize,
            @Default("image") @Meaning("where the other targets come from, from the image or from the whole batch")
                    Negatives negatives,
            @Meaning("cosine similarity, 0 to 1, above which another target is a duplicate and left out; none are if not given")
                    OptionalDouble duplicates) {

        Config {
            Range.positive("temperature", temperature);
            duplicates.ifPresent(similarity -> Range.similarity("duplicates", similarity));
        }
    }

    private final double temperature;
    private final boolean standardize;
    private final Negatives negatives;
    private final OptionalDouble duplicates;

    @Inject
    PatchDiscriminationLoss(Config config) {
        temperature = config.temperature();
        standardize = config.standardize();
        negatives = config.negatives();
        duplicates = config.duplicates();
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        Tensor predicted = negatives.groups(reconstruction.predicted());                            // [G, K, D]
        Tensor targets = negatives.groups(reconstruction.targets());                                // [G, K, D]
        if (predicted.size(1) < 2) {
            throw new IllegalArgumentException("patch discrimination needs at least 2 masked patches in "
                    + (negatives == Negatives.BATCH ? "a batch" : "an image") + ", but there is 1");
        }
        predicted = standardize ? standardized(predicted) : predicted;
        targets = targets.div(Norm.of(targets).mul(new Scalar(temperature)));

        // The norm of a prediction scales its row of scores: K numbers to divide in place of D.
        Tensor scores = bmm(predicted, targets.transpose(1, 2)).div(Norm.of(predicted));            // [G, K, K]
        if (duplicates.isPresent()) {
            scores = scores.masked_fill(duplicates(targets.detach()), new Scalar(Double.NEGATIVE_INFINITY));
        }
        return log_softmax(scores, -1).diagonal(0, 1, 2).mean().mul(new Scalar(-2 * temperature));
    }

    /** Of K equal scores the right one gets 1 / K; of K scores 0 but the right one 1 / temperature, what remains. */
    @Override
    public Optional<LossBars> bars(Reconstruction reconstruction) {
        long others = negatives.groups(reconstruction.targets()).size(1) - 1;
        return Optional.of(new LossBars(2 * temperature * Math.log1p(others),
                2 * temperature * Math.log1p(others * Math.exp(-1 / temperature))));
    }

    private static Tensor standardized(Tensor predicted) {
        Tensor centred = predicted.sub(predicted.mean(new long[] {1}, true, new ScalarTypeOptional()));
        Tensor deviation = Norm.along(1, centred).div(new Scalar(Math.sqrt(predicted.size(1) - 1)));
        return centred.div(deviation.add(new Scalar(SMALLEST_DEVIATION)));
    }

    /** Returns which pairs of targets count as one, a target and itself excepted; the targets have norm 1 / temperature. */
    private Tensor duplicates(Tensor targets) {
        double threshold = duplicates.getAsDouble() / (temperature * temperature);
        Tensor alike = bmm(targets, targets.transpose(1, 2)).gt(new Scalar(threshold));             // [G, K, K]
        alike.diagonal(0, 1, 2).fill_(new Scalar(0));
        return alike;
    }
}
