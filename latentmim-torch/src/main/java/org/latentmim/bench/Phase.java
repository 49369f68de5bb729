package org.latentmim.bench;

import java.util.Locale;

/** What a step does, in the order in which it does it. */
public enum Phase {
    /** The target follows the online encoder. */
    TARGET_UPDATE,
    /** Waiting for the loader. */
    DATA_WAIT,
    /** Cutting images into patches and drawing masks. */
    PATCHES,
    /** What the hidden patches mean. */
    TARGET,
    /** What the online encoder says of the visible patches. */
    ENCODER,
    /** What the hidden patches are thought to mean. */
    DECODER,
    /** Comparing. */
    LOSS,
    /** Finding the gradient. */
    BACKWARD,
    /** Moving the weights. */
    OPTIMIZER;

    /** Returns the name to show, such as {@code data wait}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
