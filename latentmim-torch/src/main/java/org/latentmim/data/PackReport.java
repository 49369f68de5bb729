package org.latentmim.data;

import java.util.List;

/**
 * What became of a source of images.
 *
 * @param images in the packed file
 * @param unreadable images that were left out
 */
public record PackReport(int images, List<Unreadable> unreadable) {}
