package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Softmax attention, divided into heads: {@code [B, Q, D], [B, K, D], [B, K, D] -> [B, Q, D]}. */
final class Heads {

    private final int count;

    Heads(int count, int width) {
        if (count < 1 || width % count != 0) {
            throw new IllegalArgumentException("heads must divide width, but " + count + " does not divide " + width);
        }
        this.count = count;
    }

    Tensor attend(Tensor queries, Tensor keys, Tensor values, Rotation rotation) {
        Tensor out = scaled_dot_product_attention(
                rotation.of(split(queries)), rotation.of(split(keys)), split(values)); // [B, heads, Q, D / heads]
        return out.transpose(1, 2).reshape(queries.size(0), queries.size(1), queries.size(2));
    }

    /** The weights with which the first query looks at the keys, {@code [B, heads, K]}. */
    Tensor weightsOfFirst(Tensor queries, Tensor keys, Rotation rotation) {
        Tensor first = rotation.of(split(queries)).narrow(2, 0, 1); // [B, heads, 1, D / heads]
        Tensor products = first.matmul(rotation.of(split(keys)).transpose(2, 3)).squeeze(2);
        return products.mul(new Scalar(1 / Math.sqrt(first.size(3)))).softmax(-1);
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), x.size(1), count, x.size(2) / count).transpose(1, 2);
    }
}
