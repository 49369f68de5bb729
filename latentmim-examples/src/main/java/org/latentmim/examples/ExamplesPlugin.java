package org.latentmim.examples;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Plugin;

/** Image sets that need no files: {@code fashion-mnist} and {@code noise}. */
public final class ExamplesPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(ImageSet.class, "fashion-mnist", FashionMnistImageSet.class, FashionMnistImageSet.Config.class),
                Component.of(ImageSet.class, "noise", NoiseImageSet.class, NoiseImageSet.Config.class));
    }
}
