package org.latentmim.examples.stratified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Plugin;
import org.latentmim.testing.MaskSamplerContract;

class StratifiedMaskSamplerTest extends MaskSamplerContract {

    @Override
    protected MaskSampler sampler(PatchGrid grid) {
        return new StratifiedMaskSampler(new StratifiedMaskSampler.Config(3), grid);
    }

    @Override
    protected boolean showsAnyNumber() {
        return false;
    }

    @Test
    void isFoundUnderItsName() {
        assertThat(ServiceLoader.load(Plugin.class).stream().flatMap(plugin -> plugin.get().components().stream()))
                .anySatisfy(component -> {
                    assertThat(component.spi()).isEqualTo(MaskSampler.class);
                    assertThat(component.name()).isEqualTo("stratified");
                });
    }

    @Test
    void refusesSquaresThatAreTooSmallToHideAnythingOrTooLargeForTheGrid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StratifiedMaskSampler.Config(1))
                .withMessage("cell must be at least 2, but is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StratifiedMaskSampler(new StratifiedMaskSampler.Config(5), new PatchGrid(4, 6, 4, 0, 1)))
                .withMessage("cell is 5, but the grid has only 4 x 6 patches");
    }
}
