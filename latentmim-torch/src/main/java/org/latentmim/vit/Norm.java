package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.latentmim.spi.Parameters;

/** Layer normalisation over the width of a token. */
final class Norm {

    private final long[] width;
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final double epsilon;

    Norm(Parameters parameters, String name, int width, double epsilon) {
        this.width = new long[] {width};
        this.weight = kept(parameters.learn(name + ".weight", ones(width)));
        this.bias = kept(parameters.learn(name + ".bias", zeros(width)));
        this.epsilon = epsilon;
    }

    Tensor of(Tensor x) {
        return layer_norm(x, width, weight, bias, epsilon, true);
    }

    /** A handle that outlives the scope it is made in, as {@link Parameters} keeps the tensor itself. */
    static TensorOptional kept(Tensor tensor) {
        TensorOptional optional = tensor == null ? new TensorOptional() : new TensorOptional(tensor);
        optional.retainReference();
        return optional;
    }
}
