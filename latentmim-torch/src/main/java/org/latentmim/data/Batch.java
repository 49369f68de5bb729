package org.latentmim.data;

/**
 * Images that go through the network together.
 *
 * @param pixels [B, height, width, channels], values from 0 to 255 as unsigned bytes
 * @param images the index of each image in its set, B numbers; {@link #SKIPPED} where the pixels mean nothing
 * @param epoch passes over the set before this one
 * @param batchInEpoch batches of this epoch before this one
 */
public record Batch(byte[] pixels, int[] images, long epoch, int batchInEpoch) {

    /** In place of the index of an image that could not be read. */
    public static final int SKIPPED = -1;

    /** Returns the number of images, B. */
    public int size() {
        return images.length;
    }
}
