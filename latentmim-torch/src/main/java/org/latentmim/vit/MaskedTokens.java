package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Parameters;

/**
 * What a decoder starts from: one token for each masked patch, a mask token at its place and perhaps its visual cues, beside the
 * tokens that were seen at theirs. The cues come from seen tokens only: not from those that the encoder itself had to guess.
 */
final class MaskedTokens {

    private final boolean visualCues;
    private final int width;
    private final DecoderShape shape;
    private final Positions positions;
    private final Tensor maskToken;

    MaskedTokens(Parameters parameters, DecoderShape shape, int width, boolean visualCues, Positions.Kind positions) {
        this.visualCues = visualCues;
        this.width = width;
        this.shape = shape;
        this.positions = new Positions(parameters, "pos_embed.pos_embeds", positions, shape.grid(), width);
        this.maskToken = parameters.learn("mask_token", zeros(1, 1, width));
    }

    /** One token for each masked patch, {@code [B, M, W]}, helped by tokens {@code [B, E + L, W]} without positions. */
    Tensor of(Tensor tokens, Tensor seenIds, Tensor maskedIds) {
        Tensor where = positions.of(maskedIds);
        Tensor masked = maskToken.add(where);
        if (!visualCues) {
            return masked;
        }
        long visible = seenIds.size(1) - (shape.encodesHidden() ? maskedIds.size(1) : 0);
        Tensor seen = tokens.narrow(1, shape.prefixTokens(), visible);
        return masked.add(VisualCues.of(where, positions.of(seenIds.narrow(1, 0, visible)), seen));
    }

    /** The tokens at their places, {@code [B, E + L, W]}. */
    Tensor located(Tensor tokens, Tensor ids) {
        Tensor where = positions.of(ids);
        if (shape.prefixTokens() == 0) {
            return tokens.add(where);
        }
        Tensor ofPrefix = positions.ofPrefix().expand(where.size(0), shape.prefixTokens(), width);
        return tokens.add(cat(new TensorVector(ofPrefix, where), 1));
    }

    /** The place of a prefix token, {@code [1, 1, W]}. */
    Tensor ofPrefix() {
        return positions.ofPrefix();
    }
}
