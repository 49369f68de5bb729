package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.xavier_uniform_;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.latentmim.runtime.Products;
import org.latentmim.spi.Parameters;

/** A matrix and, mostly, a bias: {@code [B, L, in] -> [B, L, out]}. */
final class Linear {

    private final Tensor weight;
    private final TensorOptional bias;

    private Linear(Tensor weight, TensorOptional bias) {
        this.weight = weight;
        this.bias = bias;
    }

    static Linear withBias(Parameters parameters, String name, int in, int out) {
        Tensor weight = weight(parameters, name, in, out);
        return new Linear(weight, Norm.kept(parameters.learn(name + ".bias", zeros(out))));
    }

    static Linear withoutBias(Parameters parameters, String name, int in, int out) {
        return new Linear(weight(parameters, name, in, out), Norm.kept(null));
    }

    Tensor of(Tensor x) {
        return Products.of(x, weight, bias);
    }

    private static Tensor weight(Parameters parameters, String name, int in, int out) {
        return parameters.learn(name + ".weight", xavier_uniform_(empty(out, in)));
    }
}
