package org.latentmim.masking;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;

/** The mask samplers of the framework: {@code random}. */
public final class MaskingPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(Component.of(MaskSampler.class, "random", RandomMaskSampler.class, RandomMaskSampler.Config.class));
    }
}
