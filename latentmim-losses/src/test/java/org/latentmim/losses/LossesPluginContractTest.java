package org.latentmim.losses;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class LossesPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new LossesPlugin();
    }
}
