/**
 * The networks. {@link org.latentmim.vit.Patchify} cuts images; a {@code VisionTransformer} turns patches into latents; a
 * decoder, such as {@code CrossAttentionDecoder} with its {@code VisualCues} (Latent MIM, section 3.6), predicts hidden ones.
 * A layer is a small class that holds its tensors and calls torch's functions; all are registered by name in one {@link
 * org.latentmim.spi.Parameters}, under the names of the published implementation, so that its weights load as they are.
 */
package org.latentmim.vit;
