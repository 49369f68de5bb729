package org.latentmim.pipeline;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;

/**
 * A loss that pulls at a weight of its own, which AdamW moves by the learning rate at each step, and fails as it is told. Steps
 * are counted from 0.
 */
final class FaultyLoss implements ReconstructionLoss {

    /**
     * @param loss steps at which it is not finite
     * @param gradient steps at which its gradient alone is not finite
     * @param reach how far its weight may go before it is not finite any more
     * @param shapes the step at which it multiplies what does not fit
     * @param memory the step at which it asks for more memory than there is
     */
    record Config(@Default("[]") List<Integer> loss, @Default("[]") List<Integer> gradient, OptionalDouble reach,
            @Default("-1") int shapes, @Default("-1") int memory) {}

    private final Config config;
    private final Parameters parameters = new Parameters();
    private final Tensor way;

    @Inject
    FaultyLoss(Config config) {
        this.config = config;
        this.way = parameters.learn("way", zeros(1));
    }

    @Override
    public Tensor loss(Reconstruction reconstruction, Progress progress) {
        int step = (int) progress.step();
        Tensor predicted = reconstruction.predicted();
        if (step == config.shapes()) {
            return predicted.matmul(predicted).sum();
        }
        if (step == config.memory()) {
            return empty(1L << 50).sum();
        }
        boolean tooFar = config.reach().isPresent() && Math.abs(way.item_double()) > config.reach().getAsDouble();
        Tensor nothing = predicted.sum().mul(new Scalar(0)); // its root has the slope 0 x infinity
        Tensor loss = way.sum().add(config.gradient().contains(step) ? nothing.sqrt() : nothing);
        return config.loss().contains(step) || tooFar ? loss.add(new Scalar(Double.NaN)) : loss;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
