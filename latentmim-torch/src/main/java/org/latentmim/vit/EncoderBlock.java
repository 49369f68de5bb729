package org.latentmim.vit;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** A pre-norm transformer block. */
final class EncoderBlock {

    private final Norm norm1;
    private final SelfAttention attention;
    private final Residual residual1;
    private final Norm norm2;
    private final Mlp mlp;
    private final Residual residual2;

    /** A block without layer scale and drop path. */
    EncoderBlock(Parameters parameters, String name, int width, int heads, double mlpRatio) {
        this(parameters, name, width, heads, mlpRatio, OptionalDouble.empty(), 0);
    }

    EncoderBlock(Parameters parameters, String name, int width, int heads, double mlpRatio, OptionalDouble layerScale,
            double dropPath) {
        this.norm1 = new Norm(parameters, name + ".norm1", width, VisionTransformer.EPSILON);
        this.attention = new SelfAttention(parameters, name + ".attn", width, heads);
        this.residual1 = new Residual(parameters, name + ".ls1", width, layerScale, dropPath);
        this.norm2 = new Norm(parameters, name + ".norm2", width, VisionTransformer.EPSILON);
        this.mlp = new Mlp(parameters, name + ".mlp", width, mlpRatio);
        this.residual2 = new Residual(parameters, name + ".ls2", width, layerScale, dropPath);
    }

    private EncoderBlock(EncoderBlock block, double dropPath) {
        this.norm1 = block.norm1;
        this.attention = block.attention;
        this.residual1 = block.residual1.withDropPath(dropPath);
        this.norm2 = block.norm2;
        this.mlp = block.mlp;
        this.residual2 = block.residual2.withDropPath(dropPath);
    }

    /** The same block with another chance of drop path. */
    EncoderBlock withDropPath(double chance) {
        return new EncoderBlock(this, chance);
    }

    Tensor of(Tensor x, Rotation rotation) {
        Tensor mixed = InnerScope.run(() -> residual1.add(x, attention.of(norm1.of(x), rotation)));
        return InnerScope.run(() -> residual2.add(mixed, mlp.of(norm2.of(mixed))));
    }

    /** How much the first token looks at each, {@code [B, heads, L]}. */
    Tensor attentionOfFirst(Tensor x, Rotation rotation) {
        return attention.ofFirst(norm1.of(x), rotation);
    }
}
