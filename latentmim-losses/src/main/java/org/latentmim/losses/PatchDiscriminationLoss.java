package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.linalg_vector_norm;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** InfoNCE within an image: each prediction must pick its own target among the targets of all masked patches of its image. */
final class PatchDiscriminationLoss implements ReconstructionLoss {

    private static final double SMALLEST_NORM = 1e-12;
    private static final double SMALLEST_DEVIATION = 1e-4;

    @Meaning("InfoNCE within an image: each prediction picks its own target among those of its image")
    record Config(
            @Default("0.2") @Meaning("What cosine similarities are divided by, more than 0") double temperature,
            @Default("true") @Meaning("Whether predictions are standardised over the patches of an image first")
                    boolean standardize) {

        Config {
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException("temperature must be more than 0, but is " + temperature);
            }
        }
    }

    private final double temperature;
    private final boolean standardize;

    @Inject
    PatchDiscriminationLoss(Config config) {
        temperature = config.temperature();
        standardize = config.standardize();
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        if (reconstruction.predicted().size(1) < 2) {
            throw new IllegalArgumentException(
                    "patch discrimination needs at least 2 masked patches in an image, but there is 1");
        }
        Tensor predicted = standardize ? standardized(reconstruction.predicted()) : reconstruction.predicted();  // [B, M, D]
        Tensor targets = reconstruction.targets();                                                               // [B, M, D]
        targets = targets.div(norm(targets, -1, SMALLEST_NORM).mul(new Scalar(temperature)));

        // The norm of a prediction scales its row of scores: M numbers to divide in place of D.
        Tensor scores = bmm(predicted, targets.transpose(1, 2)).div(norm(predicted, -1, SMALLEST_NORM));         // [B, M, M]
        return log_softmax(scores, -1).diagonal(0, 1, 2).mean().mul(new Scalar(-2 * temperature));
    }

    private static Tensor standardized(Tensor tokens) {
        Tensor centred = tokens.sub(tokens.mean(new long[] {1}, true, new ScalarTypeOptional()));
        Tensor deviation = norm(centred, 1, 0).div(new Scalar(Math.sqrt(tokens.size(1) - 1)));
        return centred.div(deviation.add(new Scalar(SMALLEST_DEVIATION)));
    }

    private static Tensor norm(Tensor tensor, long dimension, double smallest) {
        Tensor norm = linalg_vector_norm(tensor, new Scalar(2), new long[] {dimension}, true, new ScalarTypeOptional());
        return smallest == 0 ? norm : norm.clamp_min(new Scalar(smallest));
    }
}
