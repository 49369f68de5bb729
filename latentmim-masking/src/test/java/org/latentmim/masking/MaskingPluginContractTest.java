package org.latentmim.masking;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class MaskingPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new MaskingPlugin();
    }
}
