package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.linspace;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.trapezoid;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * Sketched isotropic Gaussian regularisation (LeJEPA): the samples, projected on random directions, should follow N(0, 1) on
 * each. The Epps-Pulley statistic measures that: n times the integral of |c(t) - exp(-t^2 / 2)|^2 exp(-t^2 / 2), where c is the
 * characteristic function of the n projected samples. The directions are a function of the step.
 */
final class SketchedGaussianLoss implements ReconstructionLoss {
    // Shapes: n samples, D width of a latent, S directions, T knots.

    private static final double REACH = 3;

    @Meaning("Makes latents follow an isotropic Gaussian, judged on random directions by the Epps-Pulley statistic")
    record Config(
            @Default("visible") @Meaning("whose latents it looks at; with both, two terms are added") Latents of,
            @Default("images") @Meaning("what is one sample, an image by the mean of its latents or every patch of the batch")
                    Samples samples,
            @Default("1024") @Meaning("how many random directions a step judges, at least 1") int directions,
            @Default("17") @Meaning("at how many points from 0 to 3 characteristic functions are compared, at least 2")
                    int knots) {

        Config {
            Range.atLeast(1, "directions", directions);
            Range.atLeast(2, "knots", knots);
        }
    }

    private final Config config;

    @Inject
    SketchedGaussianLoss(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return config.of().sum(reconstruction, latents -> term(config.samples().all(latents), progress));
    }

    private Tensor term(Tensor samples, Progress progress) {
        Tensor knots = linspace(new Scalar(0), new Scalar(REACH), config.knots(), samples.options());    // [T]
        Tensor gaussian = knots.square().mul(new Scalar(-0.5)).exp();                                    // [T]
        Tensor angles = mm(samples, directions(samples, progress)).unsqueeze(2).mul(knots);              // [n, S, T]
        Tensor real = angles.cos().mean(0).sub(gaussian);                                                // [S, T]
        Tensor imaginary = angles.sin().mean(0);                                                         // [S, T]
        Tensor integrand = real.square().add(imaginary.square()).mul(gaussian);
        // The integrand is even, so the half line counts twice.
        Tensor half = trapezoid(integrand, new Scalar(REACH / (config.knots() - 1)), -1);                // [S]
        return half.mean().mul(new Scalar(2.0 * samples.size(0)));
    }

    /** Returns the same unit vectors for every batch of a step, whatever device and type: {@code [D, S]}. */
    private Tensor directions(Tensor samples, Progress progress) {
        Tensor drawn = randn(new long[] {samples.size(1), config.directions()},
                new GeneratorOptional(make_generator_cpu(progress.step())), new TensorOptions(ScalarType.Float));
        Tensor directions = drawn.to(samples, true, false, null);
        return directions.div(Norm.along(0, directions));
    }
}
