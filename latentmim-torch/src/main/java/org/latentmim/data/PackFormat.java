package org.latentmim.data;

/** How a packed file holds its images. */
public enum PackFormat {

    /** Pixels: nothing to decode and nothing lost, but many bytes. */
    RAW,

    /** JPEG of quality 95; a file whose size is kept is taken as it is. */
    JPEG
}
