package org.latentmim.examples;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class ExamplesPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new ExamplesPlugin();
    }
}
