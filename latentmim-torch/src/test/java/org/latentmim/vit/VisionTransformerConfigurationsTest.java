package org.latentmim.vit;

import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.testing.EncoderContract;
import org.latentmim.vit.Networks.Features;

/** What an encoder may have beside its size keeps the promises of every encoder. */
@ParameterizedClass(name = "{0}")
@MethodSource("configurations")
class VisionTransformerConfigurationsTest extends EncoderContract {

    record Configuration(String name, PatchGrid grid, Features features) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Parameter
    Configuration configuration;

    static List<Configuration> configurations() {
        PatchGrid square = new PatchGrid(4, 4, 4, 0, 3);
        PatchGrid banded = new PatchGrid(2, 5, 2, 1, 6, 3);
        Features plain = Features.PLAIN;
        Features learned = Features.with(EncoderPositions.Kind.LEARNED);
        Features rotary = Features.with(EncoderPositions.Kind.ROTARY);
        return List.of(
                new Configuration("CAPI: rotary, registers alone", square, rotary.withPrefix(false, 4).withDropPath(0.2)),
                new Configuration("rotary in bands", banded, rotary),
                new Configuration("sine-cosine in bands, registers", banded, plain.withPrefix(true, 3)),
                new Configuration("learned in bands, no prefix", banded, learned.withPrefix(false, 0)),
                new Configuration("SimMIM: all tokens", square, plain.withPrefix(false, 0).withAllTokens()),
                new Configuration("data2vec: all tokens, drop path, layer scale", square,
                        learned.withDropPath(0.25).withLayerScale(0.1).withAllTokens()),
                new Configuration("rotary without prefix, all tokens", square, rotary.withPrefix(false, 0).withAllTokens()));
    }

    @Override
    protected Encoder encoder(PatchGrid grid) {
        return Networks.encoder(grid, configuration.features());
    }

    @Override
    protected PatchGrid grid() {
        return configuration.grid();
    }
}
