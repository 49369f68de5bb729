package org.latentmim.eval;

import org.latentmim.spi.Plugin;
import org.latentmim.testing.PluginContract;

class EvalPluginContractTest extends PluginContract {

    @Override
    protected Plugin plugin() {
        return new EvalPlugin();
    }
}
