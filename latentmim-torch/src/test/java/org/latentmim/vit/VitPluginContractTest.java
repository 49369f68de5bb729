package org.latentmim.vit;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class VitPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new VitPlugin();
    }
}
