/**
 * What evaluators judge: images as numbers. {@link org.latentmim.representation.EncoderRepresentation} is the protocol of the
 * published implementation, the mean of the last block's patch tokens before the final norm; {@link
 * org.latentmim.representation.PixelRepresentation} is the baseline that every encoder should beat. Both see images through the
 * evaluation view: resized, cut from the centre, patches without gap.
 */
package org.latentmim.representation;
