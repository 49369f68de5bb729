package org.latentmim.data;

import java.io.IOException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.ImageSet;

/**
 * The whole of an image, without chance, resized to the grid: its shape is not kept.
 *
 * @param grid gives height, width and channels
 */
public record WholeView(PatchGrid grid) implements View {

    @Override
    public void render(ImageSet images, int index, Function<Purpose, RandomGenerator> chance, byte[] target, int offset)
            throws IOException {
        try (PointerScope scope = new PointerScope()) {
            new ImageDecoder(channels()).decode(images.read(index), images.id(index)).resize(height(), width())
                    .copyTo(target, offset);
        }
    }
}
