package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.patch.PatchMask;

class ComponentTest {

    record Config() {}

    static final class Sampler implements MaskSampler {
        @Override
        public PatchMask sample(MaskContext context) {
            throw new UnsupportedOperationException("never drawn");
        }
    }

    @Test
    void saysWhatIsBuiltFromWhichKeys() {
        Component<MaskSampler> component = Component.of(MaskSampler.class, "block-2d", Sampler.class, Config.class);
        assertThat(component.spi()).isEqualTo(MaskSampler.class);
        assertThat(component.name()).isEqualTo("block-2d");
        assertThat(component.implementation()).isEqualTo(Sampler.class);
        assertThat(component.config()).isEqualTo(Config.class);
    }

    @Test
    void hasNoKeysUnlessARecordNamesThem() {
        assertThat(Component.of(MaskSampler.class, "block", Sampler.class).config()).isEqualTo(Component.NoKeys.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Block", "block_2d", "-block", "block-", "two--words", "two words"})
    void refusesNamesThatARecipeWouldNotUse(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Component.of(MaskSampler.class, name, Sampler.class))
                .withMessage("a component's name is made of lower case words joined by hyphens, but is '" + name + "'");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> Component.of(null, "block", Sampler.class)).withMessage("spi");
    }
}
