package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Parameters;

/** Two matrices with GELU between them, token by token. */
final class Mlp {

    private final Linear up;
    private final Linear down;

    Mlp(Parameters parameters, String name, int width, double ratio) {
        this.up = Linear.withBias(parameters, name + ".fc1", width, (int) (width * ratio));
        this.down = Linear.withBias(parameters, name + ".fc2", (int) (width * ratio), width);
    }

    Tensor of(Tensor x) {
        return down.of(InnerScope.run(() -> Gelu.of(up.of(x))));
    }
}
