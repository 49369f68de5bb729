package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.full;

import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Parameters;

/**
 * Adds what a branch of a block says to its tokens, perhaps scaled number by number (layer scale), and perhaps left out for some
 * images while gradients are recorded (drop path). The other images get it larger by as much, so that the mean stays.
 */
final class Residual {

    private final Optional<Tensor> scale;
    private final double dropPath;

    Residual(Parameters parameters, String name, int width, OptionalDouble layerScale, double dropPath) {
        this.scale = layerScale.isEmpty()
                ? Optional.empty()
                : Optional.of(parameters.learn(
                        name + ".gamma", full(new long[] {width}, new Scalar(layerScale.getAsDouble()))));
        this.dropPath = dropPath;
    }

    private Residual(Optional<Tensor> scale, double dropPath) {
        this.scale = scale;
        this.dropPath = dropPath;
    }

    /** The same with another chance of drop path. */
    Residual withDropPath(double chance) {
        return new Residual(scale, chance);
    }

    Tensor add(Tensor tokens, Tensor branch) {
        Tensor scaled = scale.map(branch::mul).orElse(branch);
        return tokens.add(dropPath > 0 && GradMode.is_enabled() ? scaled.mul(chances(tokens)) : scaled);
    }

    /** For each image 0 or what makes up for that, {@code [B, 1, 1]}. */
    private Tensor chances(Tensor tokens) {
        double kept = 1 - dropPath;
        return empty(new long[] {tokens.size(0), 1, 1}, tokens.options(), null).bernoulli_(kept, null).div_(new Scalar(kept));
    }
}
