package org.latentmim.data;

/**
 * An image that cannot be read.
 *
 * @param id what its set calls it
 * @param reason a sentence that names it and says why
 */
public record Unreadable(String id, String reason) {}
