/**
 * The target side: what predictions are compared with. It is what an encoder says ({@code momentum}, {@code layer-average},
 * {@code shared}, {@code stop-gradient}, {@code frozen-checkpoint}), read off by a {@code TargetReading}; a random projection
 * ({@code frozen-random}); or the image itself ({@code pixels}, {@code hog}). A {@code Follower} moves a second encoder at the
 * head of the step, by that step's {@code Momentum}, before the targets are computed (Latent MIM, section 3.3).
 */
package org.latentmim.target;
