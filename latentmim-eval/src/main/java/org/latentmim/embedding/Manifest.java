package org.latentmim.embedding;

import java.util.List;
import java.util.Map;

/**
 * What an embedding is, in the JSON beside it; written last, so that where it is the embedding is complete.
 *
 * @param checkpoint the folder of the weights
 * @param count rows, that is images that could be read
 * @param unreadable the other images
 * @param environment versions, machine and date of the program that completed it
 */
public record Manifest(EmbeddingPlan plan, String checkpoint, int count, List<Skipped> unreadable, Map<String, ?> environment) {

    /**
     * An image that could not be read.
     *
     * @param id its place in the set
     * @param path what the set calls it
     * @param reason a sentence that says why
     */
    public record Skipped(int id, String path, String reason) {}
}
