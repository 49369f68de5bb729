package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latentmim.spi.Component;
import org.latentmim.spi.ImageSet;

class DataPluginTest {

    @Test
    void listsTheImageSets() {
        assertThat(new DataPlugin().components()).allMatch(component -> component.spi() == ImageSet.class)
                .extracting(Component::name).containsExactly("folder", "cifar10-binary", "idx", "packed", "segmented");
    }
}
