package org.latentmim.pipeline;

import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.spi.Encoder;

/** Where initial weights come from: the seed of the run and the place in the recipe, whatever was built before. */
final class InitialWeights {

    private InitialWeights() {}

    static void seed(long seed, String path) {
        torch.manual_seed(new SplittableRandom(seed ^ (long) path.hashCode() << 32).nextLong());
    }

    /**
     * Copies all tensors by name.
     *
     * @throws IllegalStateException if the encoders have not the same names
     */
    static void copy(Encoder from, Encoder to) {
        Map<String, Tensor> source = from.parameters().all();
        Map<String, Tensor> target = to.parameters().all();
        if (!source.keySet().equals(target.keySet())) {
            throw new IllegalStateException(
                    "two encoders of one recipe have tensors of different names: " + source.keySet() + " and " + target.keySet());
        }
        try (NoGradGuard guard = new NoGradGuard()) {
            target.forEach((name, tensor) -> tensor.copy_(source.get(name)));
        }
    }
}
