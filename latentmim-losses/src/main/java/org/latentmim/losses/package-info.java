/**
 * What makes a prediction good (Latent MIM, section 3.2 and 3.4). {@link org.latentmim.losses.LossesPlugin} lists the terms by
 * the names that recipes use; a recipe adds several by weight. Some ask a prediction to equal its target, some to pick it among
 * others or to guess its cluster, and some only keep latents from collapsing: these name whose latents they look at by the key
 * {@code of}. All of them work on whole batches and read nothing back from the device.
 */
package org.latentmim.losses;
