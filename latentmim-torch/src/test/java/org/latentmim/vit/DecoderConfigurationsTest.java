package org.latentmim.vit;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.testing.DecoderContract;

/** Every decoder, behind encoders of no, one and several prefix tokens, keeps the promises of every decoder. */
@ParameterizedClass(name = "{0}")
@MethodSource("configurations")
class DecoderConfigurationsTest extends DecoderContract {

    record Configuration(String name, int prefixTokens, PatchGrid grid, Function<DecoderShape, Decoder> decoder) {

        @Override
        public String toString() {
            return name + ", " + prefixTokens + " prefix tokens";
        }
    }

    @Parameter
    Configuration configuration;

    static List<Configuration> configurations() {
        PatchGrid square = new PatchGrid(4, 4, 4, 0, 3);
        PatchGrid banded = new PatchGrid(2, 5, 2, 1, 6, 3);
        return List.of(
                new Configuration("cross-attention in bands", 4, banded, Networks::crossAttention),
                new Configuration("cross-only", 0, square, shape -> Networks.crossOnly(shape, 2, false)),
                new Configuration("cross-only with cues, in bands", 5, banded, shape -> Networks.crossOnly(shape, 2, true)),
                new Configuration("self-attention", 1, square, shape -> Networks.selfAttention(shape, 2, false)),
                new Configuration("self-attention with cues", 3, banded, shape -> Networks.selfAttention(shape, 1, true)),
                new Configuration("self-attention of no block", 0, square, shape -> Networks.selfAttention(shape, 0, true)),
                new Configuration("linear", 1, square, Networks::linear),
                new Configuration("linear in bands", 0, banded, Networks::linear),
                new Configuration("mlp", 2, square, shape -> Networks.mlp(shape, 2)));
    }

    @Override
    protected Decoder decoder(DecoderShape shape) {
        return configuration.decoder().apply(shape);
    }

    @Override
    protected DecoderShape shape() {
        return new DecoderShape(configuration.grid(), configuration.prefixTokens(), 12, 20, false);
    }
}
