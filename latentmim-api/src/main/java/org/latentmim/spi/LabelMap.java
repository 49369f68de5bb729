package org.latentmim.spi;

/**
 * The class of every pixel of an image.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param classes row by row, each a class from 0 to 255 as an unsigned byte: {@code height * width} bytes. Not copied
 */
public record LabelMap(int height, int width, byte[] classes) {

    /**
     * @throws IllegalArgumentException if the number of bytes does not fit the size
     */
    public LabelMap {
        if (height < 1 || width < 1 || classes.length != (long) height * width) {
            throw new IllegalArgumentException(classes.length + " bytes are no label map of " + height + " x " + width + " pixels");
        }
    }

    /** Returns the class of a pixel, from 0 to 255. */
    public int at(int row, int column) {
        return Byte.toUnsignedInt(classes[row * width + column]);
    }
}
