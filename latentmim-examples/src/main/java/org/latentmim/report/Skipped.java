package org.latentmim.report;

import java.util.List;

/**
 * A step that was left out of a training.
 *
 * @param step its number, counted from 1
 * @param epoch passes over the images before it
 * @param reason what was the matter with it
 * @param ids what the images of the step are called
 */
public record Skipped(long step, long epoch, String reason, List<String> ids) {

    /** Missing parts are empty. */
    public Skipped {
        reason = reason == null ? "" : reason;
        ids = ids == null ? List.of() : List.copyOf(ids);
    }
}
