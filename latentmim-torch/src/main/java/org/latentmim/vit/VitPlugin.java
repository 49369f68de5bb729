package org.latentmim.vit;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Plugin;

/** The Vision Transformer, the decoder of the paper, and those of its neighbours. */
public final class VitPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(Encoder.class, "vit", VisionTransformer.class, VisionTransformer.Config.class),
                Component.of(Decoder.class, "cross-attention", CrossAttentionDecoder.class, CrossAttentionDecoder.Config.class),
                Component.of(Decoder.class, "cross-only", CrossOnlyDecoder.class, CrossOnlyDecoder.Config.class),
                Component.of(Decoder.class, "self-attention", SelfAttentionDecoder.class, SelfAttentionDecoder.Config.class),
                Component.of(Decoder.class, "linear", LinearDecoder.class, LinearDecoder.Config.class),
                Component.of(Decoder.class, "mlp", MlpDecoder.class, MlpDecoder.Config.class));
    }
}
