package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.randn;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
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
import org.latentmim.spi.Recompute;

/**
 * A plain pre-norm Vision Transformer: before the patches a class token and registers, behind the last norm a projector. If it
 * takes all tokens, hidden patches are a learned mask token at their places (SimMIM, data2vec).
 */
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

    @Meaning("A plain pre-norm Vision Transformer with class token, registers and projector")
    record Config(
            @Meaning("tiny, small, base, large or huge; custom needs width, depth and heads") @Default("custom") Size size,
            @Meaning("width of a latent; that of the size if left out") OptionalInt width,
            @Meaning("number of blocks; that of the size if left out") OptionalInt depth,
            @Meaning("attention heads, which divide the width; those of the size if left out") OptionalInt heads,
            @Meaning("width of a block's hidden layer, as a multiple of width") @Default("4.0") double mlpRatio,
            @Meaning("sine-cosine, which are frozen, learned from there, or rotary: queries and keys turn by them in every block")
            @Default("sine-cosine") EncoderPositions.Kind positions,
            @Meaning("whether a class token stands before the patches") @Default("true") boolean classToken,
            @Meaning("learned tokens between class token and patches, 0 or more") @Default("0") int registers,
            @Meaning("chance from 0 to 1 that an image skips a branch of the last block, growing evenly from 0 at the first")
            @Default("0.0") double dropPath,
            @Meaning("what the learned scales of each branch start from, more than 0; no scales if left out")
            OptionalDouble layerScale,
            @Meaning("take every patch, hidden ones as a mask token, as SimMIM and data2vec do, and leave none out")
            @Default("false") boolean allTokens,
            @Meaning("the projector behind the encoder") @Default("{}") Projector.Config projector) {

        Config {
            width = resolved(width, size.width, "width", size);
            depth = resolved(depth, size.depth, "depth", size);
            heads = resolved(heads, size.heads, "heads", size);
            if (!(mlpRatio > 0)) {
                throw new IllegalArgumentException("mlp-ratio must be more than 0, but is " + mlpRatio);
            }
            if (registers < 0) {
                throw new IllegalArgumentException("registers must be at least 0, but is " + registers);
            }
            if (!(dropPath >= 0 && dropPath < 1)) {
                throw new IllegalArgumentException("drop-path must be at least 0 and less than 1, but is " + dropPath);
            }
            if (layerScale.isPresent() && !(layerScale.getAsDouble() > 0)) {
                throw new IllegalArgumentException("layer-scale must be more than 0, but is " + layerScale.getAsDouble());
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

    private final PatchGrid grid;
    private final Recompute recompute;
    private final Parameters parameters;
    private final int width;
    private final Linear embedding;
    private final EncoderPositions positions;
    private final Optional<Tensor> classToken;
    private final Optional<Tensor> registers;
    private final Optional<Tensor> maskToken;
    private final List<EncoderBlock> blocks;
    private final Norm norm;
    private final Projector projector;

    @Inject
    VisionTransformer(Config config, PatchGrid grid, Recompute recompute) {
        int heads = config.heads().getAsInt();
        int depth = config.depth().getAsInt();
        this.grid = grid;
        this.recompute = recompute;
        this.parameters = new Parameters();
        this.width = config.width().getAsInt();
        this.embedding = Linear.withBias(parameters, "embed.proj", grid.valuesPerPatch(), width);
        this.positions = EncoderPositions.of(config.positions(), parameters, grid, width, heads);
        this.classToken = tokens("cls_token", config.classToken() ? 1 : 0);
        this.registers = tokens("register_tokens", config.registers());
        this.maskToken = tokens("mask_token", config.allTokens() ? 1 : 0);
        this.blocks = IntStream.range(0, depth)
                .mapToObj(i -> new EncoderBlock(
                        parameters, "blocks." + i, width, heads, config.mlpRatio(), config.layerScale(),
                        dropPath(config.dropPath(), i, depth)))
                .toList();
        this.norm = new Norm(parameters, "norm", width, EPSILON);
        this.projector = new Projector(parameters, "head", config.projector(), width);
    }

    private VisionTransformer(
            VisionTransformer trained, PatchGrid grid, EncoderPositions positions, List<EncoderBlock> blocks) {
        this.grid = grid;
        this.recompute = trained.recompute;
        this.parameters = trained.parameters;
        this.width = trained.width;
        this.embedding = trained.embedding;
        this.positions = positions;
        this.classToken = trained.classToken;
        this.registers = trained.registers;
        this.maskToken = trained.maskToken;
        this.blocks = blocks;
        this.norm = trained.norm;
        this.projector = trained.projector;
    }

    /** The chance of a block, which grows evenly from 0 at the first. */
    private static double dropPath(double ofLast, int block, int depth) {
        return ofLast * block / Math.max(1, depth - 1);
    }

    private Optional<Tensor> tokens(String name, int count) {
        return count == 0
                ? Optional.empty()
                : Optional.of(parameters.learn(name, randn(1, count, width).mul_(new Scalar(0.02))));
    }

    @Override
    public Tensor encode(Patches patches) {
        Tensor x = blocks(patches, 1).get(0);
        return recompute.run(in -> projector.of(norm.of(in.get(0))), List.of(), x);
    }

    @Override
    public List<Tensor> blocks(Patches patches, int last) {
        if (last < 1 || last > blocks.size()) {
            throw new IllegalArgumentException("an encoder of " + blocks.size() + " blocks has no last " + last);
        }
        Rotation rotation = rotation(patches);
        Tensor x = through(blocks.subList(0, blocks.size() - last), InnerScope.run(() -> embed(patches)), rotation);
        List<Tensor> outputs = new ArrayList<>();
        for (EncoderBlock block : blocks.subList(blocks.size() - last, blocks.size())) {
            x = through(List.of(block), x, rotation);
            outputs.add(x);
        }
        return outputs;
    }

    @Override
    public Tensor attention(Patches patches) {
        if (classToken.isEmpty()) {
            throw new UnsupportedOperationException(
                    "this encoder has no class token that attends to patches; class-token: true gives it one");
        }
        int depth = blocks.size();
        Rotation rotation = rotation(patches);
        Tensor x = through(blocks.subList(0, depth - 1), InnerScope.run(() -> embed(patches)), rotation);
        return InnerScope.run(() -> blocks.get(depth - 1).attentionOfFirst(x, rotation)
                .narrow(2, prefixTokens(), patches.ids().size(1)));
    }

    private Tensor through(List<EncoderBlock> blocks, Tensor tokens, Rotation rotation) {
        Tensor x = tokens;
        for (EncoderBlock block : blocks) {
            x = recompute.run(in -> block.of(in.get(0), rotation), rotation.angles(), x);
        }
        return x;
    }

    private Rotation rotation(Patches patches) {
        return positions.rotation(patches.ids(), prefixTokens(), patches.values().scalar_type());
    }

    /** The tokens that go into the first block, {@code [B, E + L, D]}. */
    private Tensor embed(Patches patches) {
        Tensor embedded = patches.hidden() == 0 ? embedding.of(patches.values()) : masked(patches);
        Tensor located = positions.addedTo(embedded, patches.ids());
        long images = located.size(0);
        TensorVector tokens = new TensorVector();
        classToken.ifPresent(token -> tokens.push_back(positions.addedToPrefix(token).expand(images, -1, -1)));
        registers.ifPresent(some -> tokens.push_back(some.expand(images, -1, -1)));
        tokens.push_back(located);
        return cat(tokens, 1).to(patches.values().scalar_type()); // under autocast only some of them come in full precision
    }

    /** The tokens of patches, mask tokens for the hidden ones, {@code [B, L, D]}. */
    private Tensor masked(Patches patches) {
        Tensor values = patches.values();
        Tensor mask = maskToken.orElseThrow(() -> new IllegalArgumentException(
                "this encoder leaves hidden patches out, but got " + patches.hidden() + "; all-tokens: true lets it take them"));
        Tensor shown = embedding.of(values.narrow(1, 0, values.size(1) - patches.hidden()));
        return cat(new TensorVector(shown, mask.expand(values.size(0), patches.hidden(), width)), 1);
    }

    @Override
    public boolean encodesHidden() {
        return maskToken.isPresent();
    }

    @Override
    public VisionTransformer on(PatchGrid other) {
        if (other.patchSize() != grid.patchSize() || other.channels() != grid.channels() || other.bands() != grid.bands()) {
            throw new IllegalArgumentException("this encoder takes " + words(grid) + ", but the grid cuts " + words(other));
        }
        return new VisionTransformer(this, other, positions.on(other), blocks);
    }

    @Override
    public VisionTransformer withDropPath(double chance) {
        return new VisionTransformer(this, grid, positions, IntStream.range(0, blocks.size())
                .mapToObj(i -> blocks.get(i).withDropPath(dropPath(chance, i, blocks.size())))
                .toList());
    }

    private static String words(PatchGrid grid) {
        return "patches of " + grid.patchSize() + " x " + grid.patchSize() + " pixels of " + grid.channels() + " channels in "
                + grid.bands() + (grid.bands() == 1 ? " band" : " bands");
    }

    @Override
    public int prefixTokens() {
        return (int) (classToken.map(token -> token.size(1)).orElse(0L) + registers.map(token -> token.size(1)).orElse(0L));
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
