package org.example.latentmim;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class OutsidePluginTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new OutsidePlugin();
    }
}
