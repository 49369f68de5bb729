package org.latentmim.vit;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Plugin;

/** The Vision Transformer and the decoder of the paper. */
public final class VitPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(Encoder.class, "vit", VisionTransformer.class, VisionTransformer.Config.class),
                Component.of(Decoder.class, "cross-attention", CrossAttentionDecoder.class, CrossAttentionDecoder.Config.class));
    }
}
