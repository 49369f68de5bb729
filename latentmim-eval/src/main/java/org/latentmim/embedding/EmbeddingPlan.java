package org.latentmim.embedding;

import java.util.List;

/**
 * All that decides the numbers of an embedding; two with equal plans are equal.
 *
 * @param weights SHA-256 of the checkpoint's file
 * @param part which tensors of the file are the encoder's, such as {@code encoder} or {@code target_encoder}
 * @param pooling {@code mean}, {@code class} or {@code patches}
 * @param layer the block, counted from the last, which is 1
 * @param compute device, threads and precision
 * @param batch images in a batch
 * @param shape of what an image becomes: {@code [D]} or {@code [N, D]}
 */
public record EmbeddingPlan(String weights, String part, String pooling, int layer, Preprocessing preprocessing, String compute,
        int batch, List<Long> shape, Images images) {

    /**
     * What is done to an image before the encoder sees it.
     *
     * @param resize short side in pixels before the centre crop
     * @param height of the crop in pixels
     * @param width of the crop in pixels
     * @param mean of each channel, for pixels between 0 and 1
     * @param deviation of each channel, for pixels between 0 and 1
     */
    public record Preprocessing(int resize, int height, int width, List<Double> mean, List<Double> deviation) {}

    /**
     * Which images.
     *
     * @param count how many
     * @param ids SHA-256 of their names in order
     * @param classes the names of the classes; empty if the images have no labels
     */
    public record Images(int count, String ids, List<String> classes) {}

    /** Returns how many numbers an image becomes. */
    int values() {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
