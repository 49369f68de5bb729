package org.latentmim.target;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class TargetPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new TargetPlugin();
    }
}
