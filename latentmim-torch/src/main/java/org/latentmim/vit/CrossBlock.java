package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** Queries look at the tokens that were seen, which stay as they are, but not at each other. */
final class CrossBlock {

    private final Norm normOfQueries;
    private final Norm normOfMemory;
    private final CrossAttention crossAttention;
    private final Norm norm3;
    private final Mlp mlp;

    CrossBlock(Parameters parameters, String name, int width, int heads, double mlpRatio) {
        this.normOfQueries = new Norm(parameters, name + ".norm2q", width, VisionTransformer.EPSILON);
        this.normOfMemory = new Norm(parameters, name + ".norm2kv", width, VisionTransformer.EPSILON);
        this.crossAttention = new CrossAttention(parameters, name + ".cross_attn", width, heads);
        this.norm3 = new Norm(parameters, name + ".norm3", width, VisionTransformer.EPSILON);
        this.mlp = new Mlp(parameters, name + ".mlp", width, mlpRatio);
    }

    Tensor of(Tensor queries, Tensor memory) {
        Tensor x = InnerScope.run(() -> queries.add(crossAttention.of(normOfQueries.of(queries), normOfMemory.of(memory))));
        return InnerScope.run(() -> x.add(mlp.of(norm3.of(x))));
    }
}
