package org.latentmim.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.testing.ImageSetContract;

class NoiseImageSetTest extends ImageSetContract {

    @Override
    protected ImageSet images() {
        return images(7);
    }

    private static ImageSet images(long seed) {
        return new NoiseImageSet(new NoiseImageSet.Config(20, 5, 6, 4, seed));
    }

    @Test
    void makesOtherImagesFromAnotherSeedAndForAnotherNumber() throws Exception {
        byte[] first = ((ImageData.Pixels) images(7).read(0)).values();
        assertThat(((ImageData.Pixels) images(8).read(0)).values()).isNotEqualTo(first);
        assertThat(((ImageData.Pixels) images(7).read(1)).values()).isNotEqualTo(first);
    }

    @Test
    void refusesImagesWithoutPixels() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseImageSet.Config(20, 0, 6, 4, 7))
                .withMessage("height must be at least 1, but is 0");
    }
}
