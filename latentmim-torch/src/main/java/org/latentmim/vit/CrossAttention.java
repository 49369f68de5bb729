package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** Queries look at a memory: {@code [B, Q, D], [B, K, D] -> [B, Q, D]}. */
final class CrossAttention {

    private final Heads heads;
    private final Linear query;
    private final Linear keyAndValue;
    private final Linear projection;

    CrossAttention(Parameters parameters, String name, int width, int heads) {
        this.heads = new Heads(heads, width);
        this.query = Linear.withBias(parameters, name + ".q_proj", width, width);
        this.keyAndValue = Linear.withBias(parameters, name + ".kv_proj", width, 2 * width);
        this.projection = Linear.withBias(parameters, name + ".proj", width, width);
    }

    Tensor of(Tensor queries, Tensor memory) {
        return projection.of(InnerScope.run(() -> {
            TensorVector parts = keyAndValue.of(memory).chunk(2, -1);
            return heads.attend(query.of(queries), parts.get(0), parts.get(1), Rotation.NONE);
        }));
    }
}
