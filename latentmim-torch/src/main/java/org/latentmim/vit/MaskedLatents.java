package org.latentmim.vit;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Parameters;

/**
 * One latent for each masked patch, for decoders that look at one patch at a time: the encoder's own, if it encodes hidden
 * patches (SimMIM, data2vec). If not, a mask token at the patch's place with its visual cues, without which nothing that was seen
 * would reach such a decoder.
 */
final class MaskedLatents {

    private final Optional<MaskedTokens> tokens;

    MaskedLatents(Parameters parameters, DecoderShape shape, Positions.Kind positions) {
        this.tokens = shape.encodesHidden()
                ? Optional.empty()
                : Optional.of(new MaskedTokens(parameters, shape, shape.visibleWidth(), true, positions));
    }

    /** {@code [B, M, D]}. */
    Tensor of(Tensor seen, Tensor seenIds, Tensor maskedIds) {
        long masked = maskedIds.size(1);
        return tokens.map(some -> some.of(seen, seenIds, maskedIds))
                .orElseGet(() -> seen.narrow(1, seen.size(1) - masked, masked));
    }
}
