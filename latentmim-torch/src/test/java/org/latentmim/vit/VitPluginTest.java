package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;

class VitPluginTest {

    @Test
    void listsTheEncoderAndEveryDecoder() {
        assertThat(new VitPlugin().components()).extracting(Component::spi, Component::name).containsExactly(
                tuple(Encoder.class, "vit"),
                tuple(Decoder.class, "cross-attention"),
                tuple(Decoder.class, "cross-only"),
                tuple(Decoder.class, "self-attention"),
                tuple(Decoder.class, "linear"),
                tuple(Decoder.class, "mlp"));
    }
}
