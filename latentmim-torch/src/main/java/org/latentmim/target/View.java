package org.latentmim.target;

/** What the encoder on the target side sees of a batch. */
enum View {
    /** The masked patches alone, as Latent MIM has it. */
    MASKED,
    /** Every patch of the image, as I-JEPA and data2vec have it. */
    ALL
}
