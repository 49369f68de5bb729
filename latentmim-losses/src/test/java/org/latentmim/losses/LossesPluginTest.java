package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Component;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;

class LossesPluginTest {

    @Test
    void isFoundAndListsTheLossesByTheirNames() {
        assertThat(ServiceLoader.load(Plugin.class).stream().map(ServiceLoader.Provider::get))
                .hasOnlyElementsOfType(LossesPlugin.class)
                .flatMap(Plugin::components)
                .allSatisfy(component -> assertThat(component.spi()).isEqualTo(ReconstructionLoss.class))
                .map(Component::name)
                .containsExactly("patch-discrimination", "normalized-l2", "l2", "l1", "smooth-l1", "cosine", "cluster",
                        "similarity-constraint", "variance-covariance", "koleo", "sigreg");
    }
}
