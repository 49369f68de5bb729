package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;

/** Predicts hidden patches by self-attention among them and cross-attention to the visible ones (Latent MIM, section 3.6). */
final class CrossAttentionDecoder implements Decoder {

    @Meaning("Self-attention among the masked patches, cross-attention to the visible ones: the paper's decoder")
    record Config(
            @Meaning("width of a token") @Default("512") int width,
            @Meaning("number of blocks, 0 or more") @Default("3") int depth,
            @Meaning("attention heads, which divide the width") @Default("16") int heads,
            @Meaning("width of a block's hidden layer, as a multiple of width") @Default("4.0") double mlpRatio,
            @Meaning("start each masked token from the visible ones near it") @Default("true") boolean visualCues,
            @Meaning("sine-cosine, which are frozen, or learned from there") @Default("sine-cosine") Positions.Kind positions) {

        Config {
            if (width < 1) {
                throw new IllegalArgumentException("width must be at least 1, but is " + width);
            }
            if (depth < 0) {
                throw new IllegalArgumentException("depth must be at least 0, but is " + depth);
            }
            if (!(mlpRatio > 0)) {
                throw new IllegalArgumentException("mlp-ratio must be more than 0, but is " + mlpRatio);
            }
        }
    }

    private final Parameters parameters = new Parameters();
    private final boolean visualCues;
    private final int width;
    private final int prefixTokens;
    private final Linear embedding;
    private final Positions positions;
    private final Tensor classToken;
    private final Tensor maskToken;
    private final List<DecoderBlock> blocks = new ArrayList<>();
    private final Norm norm;
    private final Linear head;

    @Inject
    CrossAttentionDecoder(Config config, DecoderShape shape) {
        this.width = config.width();
        this.visualCues = config.visualCues();
        this.prefixTokens = shape.prefixTokens();
        this.embedding = Linear.withBias(parameters, "embed", shape.visibleWidth(), width);
        this.positions = new Positions(parameters, "pos_embed.pos_embeds", config.positions(), shape.grid(), width);
        this.classToken = parameters.learn("cls_token", randn(1, 1, width).mul_(new Scalar(0.02)));
        this.maskToken = parameters.learn("mask_token", zeros(1, 1, width));
        for (int i = 0; i < config.depth(); i++) {
            blocks.add(new DecoderBlock(parameters, "blocks." + i, width, config.heads(), config.mlpRatio()));
        }
        this.norm = new Norm(parameters, "norm", width, VisionTransformer.EPSILON);
        this.head = Linear.withBias(parameters, "head", width, shape.targetWidth());
    }

    @Override
    public Tensor predict(Tensor visible, Tensor visibleIds, Tensor maskedIds) {
        Tensor cues = InnerScope.run(() -> embedding.of(visible)); // [B, E + V, W]
        Tensor memory = InnerScope.run(() -> located(cues, visibleIds));
        Tensor x = InnerScope.run(() -> queries(cues, visibleIds, maskedIds));
        for (DecoderBlock block : blocks) {
            Tensor input = x;
            x = InnerScope.run(() -> block.of(input, memory));
        }
        Tensor decoded = x;
        return InnerScope.run(() -> head.of(norm.of(decoded.narrow(1, 1, maskedIds.size(1))))); // [B, M, D]
    }

    /** The visible tokens at their positions, {@code [B, E + V, W]}. */
    private Tensor located(Tensor embedded, Tensor visibleIds) {
        Tensor where = positions.of(visibleIds);
        if (prefixTokens == 0) {
            return embedded.add(where);
        }
        Tensor ofPrefix = positions.ofPrefix().expand(where.size(0), prefixTokens, width);
        return embedded.add(cat(new TensorVector(ofPrefix, where), 1));
    }

    /** A class token and one token for each masked patch, {@code [B, 1 + M, W]}. */
    private Tensor queries(Tensor embedded, Tensor visibleIds, Tensor maskedIds) {
        Tensor where = positions.of(maskedIds);
        Tensor masked = maskToken.add(where);
        if (visualCues) {
            Tensor seen = embedded.narrow(1, prefixTokens, visibleIds.size(1));
            masked = masked.add(VisualCues.of(where, positions.of(visibleIds), seen));
        }
        Tensor first = classToken.add(positions.ofPrefix()).expand(masked.size(0), 1, width);
        return cat(new TensorVector(first, masked), 1);
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
