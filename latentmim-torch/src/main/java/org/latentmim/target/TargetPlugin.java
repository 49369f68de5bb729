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
                target("momentum", MomentumTargetUpdater.class, MomentumTargetUpdater.Config.class),
                target("layer-average", LayerAverageTargetUpdater.class, LayerAverageTargetUpdater.Config.class),
                target("shared", SharedTargetUpdater.class, SharedTargetUpdater.Config.class),
                target("stop-gradient", StopGradientTargetUpdater.class, StopGradientTargetUpdater.Config.class),
                target("frozen-checkpoint", FrozenCheckpointTargetUpdater.class, FrozenCheckpointTargetUpdater.Config.class),
                target("frozen-random", FrozenRandomTargetUpdater.class, FrozenRandomTargetUpdater.Config.class),
                target("pixels", PixelTargetUpdater.class, PixelTargetUpdater.Config.class),
                target("hog", HogTargetUpdater.class, HogTargetUpdater.Config.class));
    }

    private static Component<TargetUpdater> target(
            String name, Class<? extends TargetUpdater> implementation, Class<? extends Record> config) {
        return Component.of(TargetUpdater.class, name, implementation, config);
    }
}
