/**
 * Which patches of an image are seen and which must be predicted (Latent MIM, section 3.5). {@link
 * org.latentmim.masking.MaskingPlugin} lists the samplers by the names that recipes use. A sampler draws the mask of one image at
 * a time, from the chance that it is given, and shows and hides equally many patches of all images of a step, so that a batch is
 * one tensor. None of them touches a tensor.
 */
package org.latentmim.masking;
