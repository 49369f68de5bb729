package org.latentmim.vit;

import jakarta.inject.Inject;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Recompute;

/** Predicts each hidden patch on its own: its query looks at the seen tokens and never at another query (CAPI). */
final class CrossOnlyDecoder extends AttentionDecoder {

    @Meaning("Cross-attention from each masked patch to the visible ones alone: CAPI's predictor")
    record Config(
            @Meaning("width of a token, a multiple of 4") @Default("768") int width,
            @Meaning("number of blocks, 0 or more") @Default("12") int depth,
            @Meaning("attention heads, which divide the width") @Default("12") int heads,
            @Meaning("width of a block's hidden layer, as a multiple of width") @Default("4.0") double mlpRatio,
            @Meaning("start each masked token from the visible ones near it") @Default("false") boolean visualCues,
            @Meaning("sine-cosine, which are frozen, or learned from there") @Default("sine-cosine") Positions.Kind positions) {

        Config {
            new Size(width, depth, heads, mlpRatio);
        }

        private Size size() {
            return new Size(width, depth, heads, mlpRatio);
        }
    }

    @Inject
    CrossOnlyDecoder(Config config, DecoderShape shape, Recompute recompute) {
        super(config.size(), config.visualCues(), config.positions(), Queries.MASKED, CrossOnlyDecoder::block, shape, recompute);
    }

    private static BinaryOperator<Tensor> block(Parameters parameters, String name, Size size) {
        CrossBlock block = new CrossBlock(parameters, name, size.width(), size.heads(), size.mlpRatio());
        return block::of;
    }
}
