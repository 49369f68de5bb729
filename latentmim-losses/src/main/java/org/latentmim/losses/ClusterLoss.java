package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * Online clustering (CAPI): predictions guess to which prototypes their targets are assigned. The assignments come from
 * Sinkhorn-Knopp over the masked patches of the batch. The prototypes learn from the same assignments, by a cross entropy of
 * their own; nothing of this reaches the targets.
 */
final class ClusterLoss implements ReconstructionLoss {
    // Shapes: n masked patches of the batch, K prototypes, D width of a latent.

    private static final double HEAD_DEVIATION = 0.02;

    @Meaning("Online clustering: each prediction guesses to which learned prototypes its target is assigned")
    record Config(
            @Default("16384") @Meaning("how many prototypes are learned, at least 2") int prototypes,
            @Default("0.06") @Meaning("what scores are divided by before targets are assigned, more than 0")
                    double targetTemperature,
            @Default("0.12") @Meaning("what scores are divided by in both cross entropies, more than 0") double temperature,
            @Default("3") @Meaning("how often assignments are balanced by Sinkhorn-Knopp, at least 1") int iterations) {

        Config {
            Range.atLeast(2, "prototypes", prototypes);
            Range.positive("target-temperature", targetTemperature);
            Range.positive("temperature", temperature);
            Range.atLeast(1, "iterations", iterations);
        }
    }

    private final Parameters parameters = new Parameters();
    private final Config config;
    private final Tensor prototypes;
    private final Tensor bias;
    private final Tensor head;
    private final Tensor gain;

    @Inject
    ClusterLoss(Config config, DecoderShape shape) {
        this.config = config;
        int count = config.prototypes();
        int width = shape.targetWidth();
        prototypes = parameters.learn("prototypes.weight", randn(count, width));
        bias = parameters.learn("prototypes.bias", zeros(count));
        head = parameters.learn("head.weight", randn(count, width).mul_(new Scalar(HEAD_DEVIATION)));
        gain = parameters.learn("head.gain", ones(count));
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        Tensor targets = Norm.unit(reconstruction.targets().detach().flatten(0, 1));                     // [n, D]
        Tensor scores = linear(targets, prototypes, bias);                                               // [n, K]
        Tensor assignments = Sinkhorn.assign(scores, config.targetTemperature(), config.iterations());   // [n, K]
        Tensor predicted = Norm.unit(reconstruction.predicted().flatten(0, 1));                          // [n, D]
        Tensor guesses = linear(predicted, Norm.unit(head).mul(gain.unsqueeze(1)));                     // [n, K]
        return crossEntropy(guesses, assignments).add(crossEntropy(scores, assignments));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    private Tensor crossEntropy(Tensor scores, Tensor assignments) {
        return cross_entropy_loss(scores.div(new Scalar(config.temperature())), assignments);
    }
}
