package org.latentmim.spi;

/** One image as its source has it: a file still encoded, or pixels. The framework decodes. */
public sealed interface ImageData {

    /**
     * The bytes of an image file in any format that the framework reads, such as JPEG or PNG. The array is handed over.
     *
     * @param bytes the whole file
     */
    record Encoded(byte[] bytes) implements ImageData {}

    /**
     * Pixels of 8 bits. The array is handed over.
     *
     * @param height in pixels, at least 1
     * @param width in pixels, at least 1
     * @param channels values of a pixel, at least 1
     * @param values row by row, pixel by pixel, the channels of a pixel side by side: {@code height * width * channels} bytes
     */
    record Pixels(int height, int width, int channels, byte[] values) implements ImageData {

        /**
         * @throws IllegalArgumentException if the number of bytes does not fit the size
         */
        public Pixels {
            if (height < 1 || width < 1 || channels < 1 || values.length != (long) height * width * channels) {
                throw new IllegalArgumentException(values.length + " bytes are no image of " + height + " x " + width + " pixels with "
                        + channels + " channels");
            }
        }
    }
}
