package org.latentmim.report;

/**
 * A picture that was drawn of a run.
 *
 * @param title short
 * @param caption what is seen on it; may be empty
 * @param group what it is shown with; may be empty
 * @param width in pixels
 * @param height in pixels
 * @param png the file
 */
public record Picture(String title, String caption, String group, int width, int height, byte[] png) {}
