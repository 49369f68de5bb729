/**
 * The geometry of masking, without a tensor in sight. An image is cut into the cells of a {@link
 * org.latentmim.patch.PatchGrid}; each cell shows one patch and keeps a gap to its neighbours. A {@link
 * org.latentmim.patch.PatchMask} divides the patches of one image into those that the online encoder sees and those that the
 * decoder must predict. Everything here is immutable plain Java, so mask samplers and their tests need no native library.
 */
package org.latentmim.patch;
