package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Parameters;

/** A pre-norm transformer block. */
final class EncoderBlock {

    private final Norm norm1;
    private final SelfAttention attention;
    private final Norm norm2;
    private final Mlp mlp;

    EncoderBlock(Parameters parameters, String name, int width, int heads, double mlpRatio) {
        this.norm1 = new Norm(parameters, name + ".norm1", width, VisionTransformer.EPSILON);
        this.attention = new SelfAttention(parameters, name + ".attn", width, heads);
        this.norm2 = new Norm(parameters, name + ".norm2", width, VisionTransformer.EPSILON);
        this.mlp = new Mlp(parameters, name + ".mlp", width, mlpRatio);
    }

    Tensor of(Tensor x) {
        Tensor mixed = x.add(attention.of(norm1.of(x)));
        return mixed.add(mlp.of(norm2.of(mixed)));
    }
}
