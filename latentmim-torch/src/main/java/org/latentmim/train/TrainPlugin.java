package org.latentmim.train;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Plugin;

/** Where the numbers of a run go. */
public final class TrainPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(Component.of(MetricSink.class, "jsonl", JsonLinesSink.class));
    }
}
