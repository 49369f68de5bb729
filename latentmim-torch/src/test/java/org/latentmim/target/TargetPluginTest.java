package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.spi.Component;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.train.Objective;

class TargetPluginTest {

    @Test
    void offersTheTargets() {
        assertThat(new TargetPlugin().components())
                .allMatch(component -> component.spi() == TargetUpdater.class)
                .extracting(Component::name)
                .containsExactly("momentum", "layer-average", "shared", "stop-gradient", "frozen-checkpoint", "frozen-random",
                        "pixels", "hog");
    }

    /** An encoder of width 16, and patches of 4 x 4 pixels in 3 channels. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "momentum; 16", "{name: layer-average, layers: 1}; 16", "shared; 16", "stop-gradient; 16", "frozen-random; 16",
        "{name: frozen-random, width: 10}; 10", "pixels; 48", "hog; 27"})
    void theDecoderFitsWhateverTheWidth(String target, int width) {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of(target);
            Objective objective = tiny.run().objectives().get(0);
            MaskedPatches patches = tiny.patches();
            Tensor predicted = objective.decoder()
                    .predict(tiny.online().encode(patches.visible()), patches.visibleIds(), patches.maskedIds());
            assertThat(predicted.shape()).containsExactly(tiny.targets().shape()).containsExactly(2, 6, width);
        }
    }
}
