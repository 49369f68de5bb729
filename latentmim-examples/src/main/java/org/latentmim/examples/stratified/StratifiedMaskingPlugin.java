package org.latentmim.examples.stratified;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;

/** Offers the mask sampler {@code stratified}. */
public final class StratifiedMaskingPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(Component.of(
                MaskSampler.class, "stratified", StratifiedMaskSampler.class, StratifiedMaskSampler.Config.class));
    }
}
