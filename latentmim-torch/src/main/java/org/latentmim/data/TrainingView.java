package org.latentmim.data;

import java.io.IOException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.ImageSet;

/**
 * A random crop, resized to the grid with its gaps, in random colours if asked for, and mirrored half of the time.
 *
 * @param grid gives height, width and channels
 * @param augmentation says how to crop, what to do to the colours and whether to mirror
 */
public record TrainingView(PatchGrid grid, AugmentationConfig augmentation) implements View {

    @Override
    public void render(ImageSet images, int index, Function<Purpose, RandomGenerator> chance, byte[] target, int offset)
            throws IOException {
        try (PointerScope scope = new PointerScope()) {
            NativeImage view = new RandomCrop(this, chance).of(images.read(index), images.id(index)).resize(height(), width());
            ColorJitter jitter = augmentation.colorJitter();
            NativeImage coloured = jitter.equals(ColorJitter.NONE) ? view : jitter.of(view, chance.apply(Purpose.COLOR));
            boolean mirror = augmentation.flip() && chance.apply(Purpose.FLIP).nextBoolean();
            (mirror ? coloured.mirrored() : coloured).copyTo(target, offset);
        }
    }
}
