package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Parameters;

/** Queries look at each other, then at the visible tokens, which stay as they are (Latent MIM, section 3.6). */
final class DecoderBlock {

    private final Norm norm1;
    private final SelfAttention selfAttention;
    private final Norm normOfQueries;
    private final Norm normOfMemory;
    private final CrossAttention crossAttention;
    private final Norm norm3;
    private final Mlp mlp;

    DecoderBlock(Parameters parameters, String name, int width, int heads, double mlpRatio) {
        this.norm1 = new Norm(parameters, name + ".norm1", width, VisionTransformer.EPSILON);
        this.selfAttention = new SelfAttention(parameters, name + ".self_attn", width, heads);
        this.normOfQueries = new Norm(parameters, name + ".norm2q", width, VisionTransformer.EPSILON);
        this.normOfMemory = new Norm(parameters, name + ".norm2kv", width, VisionTransformer.EPSILON);
        this.crossAttention = new CrossAttention(parameters, name + ".cross_attn", width, heads);
        this.norm3 = new Norm(parameters, name + ".norm3", width, VisionTransformer.EPSILON);
        this.mlp = new Mlp(parameters, name + ".mlp", width, mlpRatio);
    }

    Tensor of(Tensor queries, Tensor memory) {
        Tensor x = queries.add(selfAttention.of(norm1.of(queries)));
        x = x.add(crossAttention.of(normOfQueries.of(x), normOfMemory.of(memory)));
        return x.add(mlp.of(norm3.of(x)));
    }
}
