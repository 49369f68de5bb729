package org.latentmim.train;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class TrainPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new TrainPlugin();
    }
}
