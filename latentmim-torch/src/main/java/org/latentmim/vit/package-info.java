/**
 * The networks. {@link org.latentmim.vit.Patchify} cuts images; a {@code VisionTransformer} turns visible patches into latents; a
 * {@code CrossAttentionDecoder} predicts the hidden ones from them, helped by {@code VisualCues} (Latent MIM, section 3.6). A layer
 * is a small class that holds its tensors and calls torch's functions; all are registered by name in one {@link
 * org.latentmim.spi.Parameters}, under the names of the published implementation, so that its weights load as they are.
 */
package org.latentmim.vit;
