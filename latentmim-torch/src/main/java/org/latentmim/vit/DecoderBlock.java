package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** Queries look at each other, then at the tokens that were seen (Latent MIM, section 3.6). */
final class DecoderBlock {

    private final Norm norm1;
    private final SelfAttention selfAttention;
    private final CrossBlock cross;

    DecoderBlock(Parameters parameters, String name, int width, int heads, double mlpRatio) {
        this.norm1 = new Norm(parameters, name + ".norm1", width, VisionTransformer.EPSILON);
        this.selfAttention = new SelfAttention(parameters, name + ".self_attn", width, heads);
        this.cross = new CrossBlock(parameters, name, width, heads, mlpRatio);
    }

    Tensor of(Tensor queries, Tensor memory) {
        return cross.of(InnerScope.run(() -> queries.add(selfAttention.of(norm1.of(queries), Rotation.NONE))), memory);
    }
}
