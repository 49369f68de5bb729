package org.latentmim.target;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.TargetUpdater;

/** The target updaters. */
public final class TargetPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(TargetUpdater.class, "momentum", MomentumTargetUpdater.class, MomentumTargetUpdater.Config.class));
    }
}
