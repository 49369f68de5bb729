package org.latentmim.data;

import static org.bytedeco.pytorch.global.torch.interpolate;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.kBicubic;

/**
 * An image outside the Java heap. It lives in the pointer scope that was open when it was made, and so do the images made of it.
 *
 * @param pixels bytes, [height, width, channels] in any strides
 */
public record NativeImage(Tensor pixels) {

    /** Returns the height in pixels. */
    public int height() {
        return (int) pixels.size(0);
    }

    /** Returns the width in pixels. */
    public int width() {
        return (int) pixels.size(1);
    }

    /** Returns a part of this image, without copying. */
    NativeImage crop(Crop crop) {
        return new NativeImage(pixels.narrow(0, crop.top(), crop.height()).narrow(1, crop.left(), crop.width()));
    }

    /** Returns this image in another size: bicubic, with antialiasing, as Pillow does it. */
    NativeImage resize(int height, int width) {
        if (height == height() && width == width()) {
            return this;
        }
        InterpolateFuncOptions options = new InterpolateFuncOptions();
        options.size().put(new LongVector(new long[] {height, width}));
        options.mode().put(new kBicubic());
        options.align_corners().put(false);
        options.antialias().put(true);
        // Channels first in shape but last in memory is the fast path for bytes, which torch tells by the strides of all four.
        Tensor resized = interpolate(pixels.unsqueeze(0).permute(0, 3, 1, 2), options);
        return new NativeImage(resized.squeeze(0).permute(1, 2, 0));
    }

    /**
     * Returns this image with {@code size} pixels on its short side, and its shape kept.
     *
     * @throws IOException if that has too many pixels, as of an image of one row
     */
    NativeImage shortSideTo(int size) throws IOException {
        long shorter = Math.min(height(), width());
        long height = (long) size * height() / shorter;
        long width = (long) size * width() / shorter;
        ImageHeader.checkSize(height, width);
        return resize((int) height, (int) width);
    }

    /** Returns this image with left and right exchanged. */
    NativeImage mirrored() {
        return new NativeImage(pixels.flip(1));
    }

    /** Writes the pixels row by row, the channels of a pixel side by side. */
    public void copyTo(byte[] target, int offset) {
        Tensor rows = pixels.contiguous();
        new BytePointer(rows.data_ptr()).get(target, offset, (int) rows.numel());
    }
}
