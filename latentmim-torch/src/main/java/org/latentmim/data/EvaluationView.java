package org.latentmim.data;

import java.io.IOException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;

/**
 * The middle of an image, without chance: the image is resized until its short side has {@code resize} pixels, and the grid
 * without gaps is cut out of its centre.
 *
 * @param grid gives height, width and channels; its gap is left out
 * @param resize short side in pixels before cutting
 */
public record EvaluationView(PatchGrid grid, int resize) implements View {

    /**
     * @throws UsageException if no resized image has room for the grid
     */
    public EvaluationView {
        grid = grid.withoutGap();
        int needed = Math.min(grid.height(), grid.width());
        if (resize < needed) {
            throw new UsageException(
                    "evaluation.resize must be at least " + needed + ", the short side of the grid without gaps, but is " + resize);
        }
    }

    @Override
    public void render(ImageSet images, int index, Function<Purpose, RandomGenerator> chance, byte[] target, int offset)
            throws IOException {
        try (PointerScope scope = new PointerScope()) {
            NativeImage decoded = new ImageDecoder(channels()).decode(images.read(index), images.id(index));
            NativeImage image = resized(decoded, images.id(index));
            if (image.height() < height() || image.width() < width()) {
                throw new IOException("cannot use " + images.id(index) + ": resized to " + image.height() + " x " + image.width()
                        + " pixels, it has no room for the grid of " + height() + " x " + width());
            }
            image.crop(Crop.centre(image.height(), image.width(), height(), width())).copyTo(target, offset);
        }
    }

    private NativeImage resized(NativeImage image, String id) throws IOException {
        try {
            return image.shortSideTo(resize);
        } catch (IOException e) {
            throw new IOException("cannot use " + id + ": with " + resize + " pixels on its short side " + e.getMessage(), e);
        }
    }
}
