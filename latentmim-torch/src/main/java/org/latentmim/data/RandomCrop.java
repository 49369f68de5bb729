package org.latentmim.data;

import java.io.IOException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.latentmim.data.AugmentationConfig.Decode;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.ImageData;

/**
 * Decodes an image and crops it at random. Where it may, it draws the crop first, from the size that the file tells, and decodes
 * no more pixels than the view needs. The crop is the same either way, but for the rounding to larger pixels.
 */
record RandomCrop(TrainingView view, Function<Purpose, RandomGenerator> chance) {

    /** Returns the part of the image that the crop covers, at least as large as the view where the crop is. */
    NativeImage of(ImageData data, String id) throws IOException {
        ImageDecoder decoder = new ImageDecoder(view.channels());
        if (view.augmentation().decode() == Decode.REDUCED && data instanceof ImageData.Encoded file
                && ImageFormat.of(file.bytes()).filter(format -> format == ImageFormat.JPEG).isPresent()) {
            ImageHeader header = ImageDecoder.header(file.bytes(), id);
            Reduction reduction = reduction(crop(header.height(), header.width(), id));
            if (reduction != Reduction.NONE) {
                NativeImage image = decoder.decode(data, id, reduction);
                boolean turned = image.height() != reduction.of(header.height()) || image.width() != reduction.of(header.width());
                Crop crop = turned ? crop(header.width(), header.height(), id) : crop(header.height(), header.width(), id);
                if (reduction(crop) == reduction) {
                    return image.crop(reduction.of(crop, image));
                }
            }
        }
        NativeImage image = decoder.decode(data, id);
        return image.crop(crop(image.height(), image.width(), id));
    }

    private Reduction reduction(Crop crop) {
        return Reduction.of(crop, view.height(), view.width());
    }

    /** The same crop each time for the same size. */
    private Crop crop(int height, int width, String id) throws IOException {
        int patch = view.grid().patchSize();
        if (Math.min(height, width) < patch) {
            throw new IOException("cannot use " + id + ": " + height + " x " + width + " pixels are less than a patch of "
                    + patch + " x " + patch);
        }
        return Crop.random(height, width, view.augmentation(), chance.apply(Purpose.CROP));
    }
}
