package org.latentmim.vit;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Turns queries or keys by where their tokens lie, {@code [B, heads, L, D / heads]}.
 *
 * @param angles the tensors that the turn reads
 */
record Rotation(List<Tensor> angles, UnaryOperator<Tensor> turn) {

    static final Rotation NONE = new Rotation(List.of(), UnaryOperator.identity());

    Tensor of(Tensor heads) {
        return turn.apply(heads);
    }
}
