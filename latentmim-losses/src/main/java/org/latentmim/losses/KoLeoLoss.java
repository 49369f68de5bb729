package org.latentmim.losses;

import static org.bytedeco.pytorch.global.torch.bmm;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * Spreads directions evenly (the Kozachenko-Leonenko estimate of their entropy, as in DINOv2): minus the mean logarithm of the
 * distance to the nearest neighbour.
 */
final class KoLeoLoss implements ReconstructionLoss {

    private static final double SMALLEST_DISTANCE = 1e-8;
    private static final double LESS_THAN_ANY_COSINE = -2;

    @Meaning("Spreads directions evenly, minus the mean logarithm of the distance to the nearest neighbour")
    record Config(
            @Default("visible") @Meaning("whose latents it looks at; with both, two terms are added") Latents of,
            @Default("images")
                    @Meaning("which neighbours, images of a batch by the mean of their latents or patches of an image")
                    Samples samples) {}

    private final Config config;

    @Inject
    KoLeoLoss(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        return config.of().sum(reconstruction, latents -> term(Norm.unit(config.samples().groups(latents))));
    }

    private static Tensor term(Tensor directions) {
        Tensor fixed = directions.detach();                                                  // [G, n, D]
        Tensor similarities = bmm(fixed, fixed.transpose(1, 2));                             // [G, n, n]
        similarities.diagonal(0, 1, 2).fill_(new Scalar(LESS_THAN_ANY_COSINE));
        Tensor nearest = similarities.argmax(new LongOptional(2), true);                     // [G, n, 1]
        Tensor neighbours = directions.gather(1, nearest.expand(-1, -1, directions.size(2))); // [G, n, D]
        Tensor distances = Norm.along(-1, directions.sub(neighbours));
        return distances.add(new Scalar(SMALLEST_DISTANCE)).log().mean().neg();
    }
}
