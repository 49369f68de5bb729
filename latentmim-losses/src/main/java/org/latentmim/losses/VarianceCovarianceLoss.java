package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.mm;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/** Keeps every channel spread out (a hinge on its standard deviation) and unlike the others (no covariance), as VICReg does. */
final class VarianceCovarianceLoss implements ReconstructionLoss {

    private static final double SMALLEST_VARIANCE = 1e-4;

    @Meaning("Keeps channels spread out and unlike each other, which prevents a collapse")
    record Config(
            @Default("visible") @Meaning("whose latents it looks at; with both, two terms are added") Latents of,
            @Default("images") @Meaning("what is one sample, an image by the mean of its latents or every patch of the batch")
                    Samples samples,
            @Default("1") @Meaning("standard deviation of a channel that is enough, more than 0") double deviation,
            @Default("1") @Meaning("weight of the hinge on standard deviations, at least 0") double variance,
            @Default("0.04") @Meaning("weight of the squared covariances of two channels, at least 0") double covariance) {

        Config {
            Range.positive("deviation", deviation);
            Range.notNegative("variance", variance);
            Range.notNegative("covariance", covariance);
        }
    }

    private final Config config;

    @Inject
    VarianceCovarianceLoss(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return config.of().sum(reconstruction, latents -> term(config.samples().all(latents)));
    }

    private Tensor term(Tensor samples) {
        long width = samples.size(1);
        Tensor centred = samples.sub(samples.mean(new long[] {0}, true, new ScalarTypeOptional()));      // [n, D]
        Tensor covariances = mm(centred.t(), centred).div(new Scalar(samples.size(0) - 1));              // [D, D]
        Tensor deviations = covariances.diagonal().add(new Scalar(SMALLEST_VARIANCE)).sqrt();            // [D]
        Tensor missing = deviations.neg().add(new Scalar(config.deviation())).relu().mean();
        Tensor shared = covariances.tril(-1).square().sum().mul(new Scalar(2.0 / width)); // one half stands for both
        return missing.mul(new Scalar(config.variance())).add(shared.mul(new Scalar(config.covariance())));
    }
}
