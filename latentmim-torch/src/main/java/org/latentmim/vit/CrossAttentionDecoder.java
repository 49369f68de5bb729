package org.latentmim.vit;

import jakarta.inject.Inject;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Recompute;

/** Predicts hidden patches by self-attention among them and cross-attention to the seen ones (Latent MIM, section 3.6). */
final class CrossAttentionDecoder extends AttentionDecoder {

    @Meaning("Self-attention among the masked patches, cross-attention to the visible ones: the paper's decoder")
    record Config(
            @Meaning("width of a token, a multiple of 4") @Default("512") int width,
            @Meaning("number of blocks, 0 or more") @Default("3") int depth,
            @Meaning("attention heads, which divide the width") @Default("16") int heads,
            @Meaning("width of a block's hidden layer, as a multiple of width") @Default("4.0") double mlpRatio,
            @Meaning("start each masked token from the visible ones near it") @Default("true") boolean visualCues,
            @Meaning("sine-cosine, which are frozen, or learned from there") @Default("sine-cosine") Positions.Kind positions) {

        Config {
            new Size(width, depth, heads, mlpRatio);
        }

        private Size size() {
            return new Size(width, depth, heads, mlpRatio);
        }
    }

    @Inject
    CrossAttentionDecoder(Config config, DecoderShape shape, Recompute recompute) {
        super(config.size(), config.visualCues(), config.positions(), Queries.CLASS_AND_MASKED, CrossAttentionDecoder::block,
                shape, recompute);
    }

    private static BinaryOperator<Tensor> block(Parameters parameters, String name, Size size) {
        DecoderBlock block = new DecoderBlock(parameters, name, size.width(), size.heads(), size.mlpRatio());
        return block::of;
    }
}
