package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Recompute;

/**
 * What decoders by attention share: seen tokens at their places as a memory, one token for each masked patch, blocks, and a norm
 * and a matrix behind them. If the encoder encodes hidden patches, the memory holds its latents of those too.
 */
abstract class AttentionDecoder implements Decoder {

    /** How large the blocks are. */
    record Size(int width, int depth, int heads, double mlpRatio) {

        Size {
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

    /** Whether a learned class token stands before the masked ones. */
    enum Queries { MASKED, CLASS_AND_MASKED }

    /** Makes a block: a function of the tokens and the memory. */
    interface BlockMaker {
        BinaryOperator<Tensor> make(Parameters parameters, String name, Size size);
    }

    private final Parameters parameters = new Parameters();
    private final Recompute recompute;
    private final Linear embedding;
    private final MaskedTokens masked;
    private final Optional<Tensor> classToken;
    private final List<BinaryOperator<Tensor>> blocks;
    private final Norm norm;
    private final Linear head;

    AttentionDecoder(Size size, boolean visualCues, Positions.Kind positions, Queries queries, BlockMaker maker,
            DecoderShape shape, Recompute recompute) {
        int width = size.width();
        this.recompute = recompute;
        this.embedding = Linear.withBias(parameters, "embed", shape.visibleWidth(), width);
        this.masked = new MaskedTokens(parameters, shape, width, visualCues, positions);
        this.classToken = queries == Queries.MASKED
                ? Optional.empty()
                : Optional.of(parameters.learn("cls_token", randn(1, 1, width).mul_(new Scalar(0.02))));
        this.blocks = IntStream.range(0, size.depth()).mapToObj(i -> maker.make(parameters, "blocks." + i, size)).toList();
        this.norm = new Norm(parameters, "norm", width, VisionTransformer.EPSILON);
        this.head = Linear.withBias(parameters, "head", width, shape.targetWidth());
    }

    /** The tokens that go into the first block; those of the masked patches are the last ones. */
    Tensor start(Tensor memory, Tensor queries) {
        return queries;
    }

    @Override
    public final Tensor predict(Tensor seen, Tensor seenIds, Tensor maskedIds) {
        Tensor embedded = InnerScope.run(() -> embedding.of(seen));                 // [B, E + L, W]
        Tensor memory = InnerScope.run(() -> masked.located(embedded, seenIds));    // [B, E + L, W]
        Tensor x = InnerScope.run(() -> start(memory, queries(embedded, seenIds, maskedIds)));
        for (BinaryOperator<Tensor> block : blocks) {
            x = recompute.run(in -> block.apply(in.get(0), in.get(1)), List.of(), x, memory);
        }
        Tensor decoded = x;
        long count = maskedIds.size(1);
        return InnerScope.run(() -> head.of(norm.of(decoded.narrow(1, decoded.size(1) - count, count)))); // [B, M, D]
    }

    private Tensor queries(Tensor embedded, Tensor seenIds, Tensor maskedIds) {
        Tensor ofMasked = masked.of(embedded, seenIds, maskedIds);
        return classToken.map(token -> token.add(masked.ofPrefix()).expand(ofMasked.size(0), -1, -1))
                .map(first -> cat(new TensorVector(first, ofMasked), 1))
                .orElse(ofMasked);
    }

    @Override
    public final Parameters parameters() {
        return parameters;
    }
}
