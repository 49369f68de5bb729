package org.latentmim.train;

import java.util.List;

/**
 * A step that taught nothing. Step, epoch and images make the same batches again, with the seed of the run.
 *
 * @param step its number, counted from 1
 * @param epoch passes over the images before it
 * @param reason what was not finite: loss or gradient
 * @param images the index of each image in its set
 * @param ids what the set calls them
 */
public record SkippedStep(long step, long epoch, String reason, List<Integer> images, List<String> ids) {}
