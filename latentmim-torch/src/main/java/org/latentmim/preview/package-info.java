/**
 * What masking does to the images of a run, before anything is trained. {@link org.latentmim.preview.MaskPreview} draws the
 * masks that a training would, {@link org.latentmim.preview.MaskStatistics} says in numbers what they have in common: how much
 * they show, how far a hidden patch is from the nearest one seen, how much of the content they hide, and how evenly they cover
 * the image.
 */
package org.latentmim.preview;
