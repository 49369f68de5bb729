package org.example.latentmim;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;

/** Offers the mask sampler {@code spread} and the loss {@code relation}. */
public final class OutsidePlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(MaskSampler.class, "spread", SpreadMaskSampler.class, SpreadMaskSampler.Config.class),
                Component.of(ReconstructionLoss.class, "relation", RelationLoss.class, RelationLoss.Config.class));
    }
}
