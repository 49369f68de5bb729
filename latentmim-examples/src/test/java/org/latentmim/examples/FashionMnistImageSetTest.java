package org.latentmim.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.ImageSet;
import org.latentmim.testing.ImageSetContract;

class FashionMnistImageSetTest extends ImageSetContract {

    @Override
    protected ImageSet images() throws IOException {
        return new FashionMnistImageSet(new FashionMnistImageSet.Config());
    }

    @Test
    void holdsAThousandImagesOfEachOfTenClasses() throws IOException {
        ImageSet images = images();
        assertThat(images.size()).isEqualTo(10_000);
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertThat(IntStream.range(0, images.size()).filter(index -> images.label(index) == wanted)).hasSize(1000);
        }
    }

    @Test
    void callsTheFirstImageAnAnkleBoot() throws IOException {
        assertThat(images().classes().get(images().label(0))).isEqualTo("Ankle boot");
    }
}
