package org.latentmim.vit;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;

/** One matrix, patch by patch (SimMIM, data2vec): see {@link MaskedLatents}. */
final class LinearDecoder implements Decoder {

    @Meaning("One matrix from each masked patch's latent, as in SimMIM and data2vec; from visual cues if the encoder has none")
    record Config(
            @Meaning("sine-cosine, which are frozen, or learned from there; unused if the encoder takes all tokens")
            @Default("sine-cosine") Positions.Kind positions) {}

    private final Parameters parameters = new Parameters();
    private final MaskedLatents latents;
    private final Linear head;

    @Inject
    LinearDecoder(Config config, DecoderShape shape) {
        this.latents = new MaskedLatents(parameters, shape, config.positions());
        this.head = Linear.withBias(parameters, "head", shape.visibleWidth(), shape.targetWidth());
    }

    @Override
    public Tensor predict(Tensor seen, Tensor seenIds, Tensor maskedIds) {
        return InnerScope.run(() -> head.of(latents.of(seen, seenIds, maskedIds)));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
