package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.randn;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;

/** A plain pre-norm Vision Transformer with a class token and, behind its last norm, a projector. */
final class VisionTransformer implements Encoder {

    /** Of every norm but the projector's. */
    static final double EPSILON = 1e-6;

    enum Size {
        TINY(192, 12, 3),
        SMALL(384, 12, 6),
        BASE(768, 12, 12),
        LARGE(1024, 24, 16),
        HUGE(1280, 32, 16),
        CUSTOM(0, 0, 0);

        private final int width;
        private final int depth;
        private final int heads;

        Size(int width, int depth, int heads) {
            this.width = width;
            this.depth = depth;
            this.heads = heads;
        }
    }

    @Meaning("A plain pre-norm Vision Transformer with class token and projector")
    record Config(
            @Meaning("tiny, small, base, large or huge; custom needs width, depth and heads") @Default("custom") Size size,
            @Meaning("width of a latent; that of the size if left out") OptionalInt width,
            @Meaning("number of blocks; that of the size if left out") OptionalInt depth,
            @Meaning("attention heads, which divide the width; those of the size if left out") OptionalInt heads,
            @Meaning("width of a block's hidden layer, as a multiple of width") @Default("4.0") double mlpRatio,
            @Meaning("sine-cosine, which are frozen, or learned from there") @Default("sine-cosine") Positions.Kind positions,
            @Meaning("the projector behind the encoder") @Default("{}") Projector.Config projector) {

        Config {
            width = resolved(width, size.width, "width", size);
            depth = resolved(depth, size.depth, "depth", size);
            heads = resolved(heads, size.heads, "heads", size);
            if (!(mlpRatio > 0)) {
                throw new IllegalArgumentException("mlp-ratio must be more than 0, but is " + mlpRatio);
            }
        }

        private static OptionalInt resolved(OptionalInt given, int ofSize, String name, Size size) {
            if (given.isEmpty() && size == Size.CUSTOM) {
                throw new IllegalArgumentException(name + " is missing: give it, or name a size such as size: tiny");
            }
            int value = given.orElse(ofSize);
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
            }
            return OptionalInt.of(value);
        }
    }

    private final Parameters parameters = new Parameters();
    private final int width;
    private final Linear embedding;
    private final Positions positions;
    private final Tensor classToken;
    private final List<EncoderBlock> blocks = new ArrayList<>();
    private final Norm norm;
    private final Projector projector;

    @Inject
    VisionTransformer(Config config, PatchGrid grid) {
        this.width = config.width().getAsInt();
        this.embedding = Linear.withBias(parameters, "embed.proj", grid.valuesPerPatch(), width);
        this.positions = new Positions(parameters, "pos_embed.pos_embeds", config.positions(), grid, width);
        this.classToken = parameters.learn("cls_token", randn(1, 1, width).mul_(new Scalar(0.02)));
        for (int i = 0; i < config.depth().getAsInt(); i++) {
            blocks.add(new EncoderBlock(parameters, "blocks." + i, width, config.heads().getAsInt(), config.mlpRatio()));
        }
        this.norm = new Norm(parameters, "norm", width, EPSILON);
        this.projector = new Projector(parameters, "head", config.projector(), width);
    }

    @Override
    public Tensor encode(Patches patches) {
        Tensor x = blocks(patches, 1).get(0);
        return InnerScope.run(() -> projector.of(norm.of(x)));
    }

    @Override
    public List<Tensor> blocks(Patches patches, int last) {
        if (last < 1 || last > blocks.size()) {
            throw new IllegalArgumentException("an encoder of " + blocks.size() + " blocks has no last " + last);
        }
        List<Tensor> outputs = new ArrayList<>();
        Tensor x = InnerScope.run(() -> embed(patches));
        for (int i = 0; i < blocks.size(); i++) {
            EncoderBlock block = blocks.get(i);
            Tensor input = x;
            x = InnerScope.run(() -> block.of(input));
            if (i >= blocks.size() - last) {
                outputs.add(x);
            }
        }
        return outputs;
    }

    private Tensor embed(Patches patches) {
        Tensor tokens = embedding.of(patches.values()).add(positions.of(patches.ids()));
        Tensor first = classToken.add(positions.ofPrefix()).expand(tokens.size(0), 1, width);
        return cat(new TensorVector(first, tokens), 1);
    }

    @Override
    public int prefixTokens() {
        return 1;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
