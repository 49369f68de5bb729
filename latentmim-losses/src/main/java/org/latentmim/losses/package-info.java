/**
 * What makes a prediction good (Latent MIM, section 3.2 and 3.4). {@link org.latentmim.losses.LossesPlugin} lists the terms by
 * the names that recipes use; a recipe adds several by weight. Patch discrimination asks each prediction to pick its own target
 * among those of its image, normalized L2 asks it to equal the target, and the similarity constraint keeps the patches of an
 * image as alike as a schedule says. All of them work on whole batches and read nothing back from the device.
 */
package org.latentmim.losses;
