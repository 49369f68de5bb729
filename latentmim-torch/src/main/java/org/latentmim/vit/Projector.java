package org.latentmim.vit;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;

/** Maps latents into the space in which they are compared: matrices without bias, each normalised, with GELU between them. */
final class Projector {

    private static final double EPSILON = 1e-5;

    @Meaning("Maps latents into the space in which predictions are compared with targets")
    record Config(
            @Meaning("layers; 0 for no projector") @Default("3") int depth,
            @Meaning("width of the layers between the first and the last") @Default("4096") int width) {

        Config {
            if (depth < 0) {
                throw new IllegalArgumentException("depth must be at least 0, but is " + depth);
            }
            if (width < 1) {
                throw new IllegalArgumentException("width must be at least 1, but is " + width);
            }
        }
    }

    private final List<Linear> linears = new ArrayList<>();
    private final List<Norm> norms = new ArrayList<>();

    Projector(Parameters parameters, String name, Config config, int width) {
        for (int i = 0; i < config.depth(); i++) {
            int in = i == 0 ? width : config.width();
            int out = i == config.depth() - 1 ? width : config.width();
            linears.add(Linear.withoutBias(parameters, name + ".linear" + i, in, out));
            norms.add(new Norm(parameters, name + ".norm" + i, out, EPSILON));
        }
    }

    Tensor of(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < linears.size(); i++) {
            y = layer(i, y);
        }
        return y;
    }

    private Tensor layer(int i, Tensor x) {
        return InnerScope.run(() -> {
            Tensor normalised = norms.get(i).of(linears.get(i).of(x));
            return i < linears.size() - 1 ? Gelu.of(normalised) : normalised;
        });
    }
}
