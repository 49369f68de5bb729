package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** Tokens look at each other: {@code [B, L, D] -> [B, L, D]}. */
final class SelfAttention {

    private final Heads heads;
    private final Linear qkv;
    private final Linear projection;

    SelfAttention(Parameters parameters, String name, int width, int heads) {
        this.heads = new Heads(heads, width);
        this.qkv = Linear.withBias(parameters, name + ".qkv", width, 3 * width);
        this.projection = Linear.withBias(parameters, name + ".proj", width, width);
    }

    Tensor of(Tensor x, Rotation rotation) {
        return projection.of(InnerScope.run(() -> {
            TensorVector parts = qkv.of(x).chunk(3, -1);
            return heads.attend(parts.get(0), parts.get(1), parts.get(2), rotation);
        }));
    }

    /** How much the first token looks at each, {@code [B, heads, L]}. */
    Tensor ofFirst(Tensor x, Rotation rotation) {
        TensorVector parts = qkv.of(x).chunk(3, -1);
        return heads.weightsOfFirst(parts.get(0), parts.get(1), rotation);
    }
}
