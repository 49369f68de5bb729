package org.latentmim.data;

/** Follows a packing. */
@FunctionalInterface
public interface PackProgress {

    /**
     * Hears how far it is.
     *
     * @param images packed so far
     * @param share of the source that is behind, from 0 to 1
     * @return whether to go on
     */
    boolean packed(int images, double share);
}
