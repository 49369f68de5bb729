package org.latentmim.data;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class DataPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new DataPlugin();
    }
}
