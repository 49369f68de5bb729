package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;

import jakarta.inject.Inject;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Recompute;

/** Predicts hidden patches by plain blocks over seen and masked tokens together (MAE, I-JEPA). */
final class SelfAttentionDecoder extends AttentionDecoder {

    @Meaning("Plain transformer blocks over visible and masked patches together, as in MAE and I-JEPA")
    record Config(
            @Meaning("width of a token, a multiple of 4") @Default("512") int width,
            @Meaning("number of blocks, 0 or more") @Default("8") int depth,
            @Meaning("attention heads, which divide the width") @Default("16") int heads,
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
    SelfAttentionDecoder(Config config, DecoderShape shape, Recompute recompute) {
        super(config.size(), config.visualCues(), config.positions(), Queries.MASKED, SelfAttentionDecoder::block,
                shape, recompute);
    }

    @Override
    Tensor start(Tensor memory, Tensor queries) {
        return cat(new TensorVector(memory, queries), 1);
    }

    private static BinaryOperator<Tensor> block(Parameters parameters, String name, Size size) {
        EncoderBlock block = new EncoderBlock(parameters, name, size.width(), size.heads(), size.mlpRatio());
        return (tokens, memory) -> block.of(tokens, Rotation.NONE);
    }
}
