package org.latentmim.vit;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;

/** Hidden layers with GELU and a matrix behind them, patch by patch: see {@link MaskedLatents}. */
final class MlpDecoder implements Decoder {

    @Meaning("Hidden layers with GELU from each masked patch's latent; from visual cues if the encoder has none")
    record Config(
            @Meaning("hidden layers, 1 or more") @Default("1") int depth,
            @Meaning("width of a hidden layer") @Default("4096") int width,
            @Meaning("sine-cosine, which are frozen, or learned from there; unused if the encoder takes all tokens")
            @Default("sine-cosine") Positions.Kind positions) {

        Config {
            if (depth < 1) {
                throw new IllegalArgumentException("depth must be at least 1, but is " + depth);
            }
            if (width < 1) {
                throw new IllegalArgumentException("width must be at least 1, but is " + width);
            }
        }
    }

    private final Parameters parameters = new Parameters();
    private final MaskedLatents latents;
    private final List<Linear> layers = new ArrayList<>();
    private final Linear head;

    @Inject
    MlpDecoder(Config config, DecoderShape shape) {
        this.latents = new MaskedLatents(parameters, shape, config.positions());
        for (int i = 0; i < config.depth(); i++) {
            int in = i == 0 ? shape.visibleWidth() : config.width();
            layers.add(Linear.withBias(parameters, "layers." + i, in, config.width()));
        }
        this.head = Linear.withBias(parameters, "head", config.width(), shape.targetWidth());
    }

    @Override
    public Tensor predict(Tensor seen, Tensor seenIds, Tensor maskedIds) {
        return InnerScope.run(() -> {
            Tensor x = latents.of(seen, seenIds, maskedIds);
            for (Linear layer : layers) {
                x = Gelu.of(layer.of(x));
            }
            return head.of(x);
        });
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
