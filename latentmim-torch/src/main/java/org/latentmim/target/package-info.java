/**
 * The target side: what predictions are compared with (Latent MIM, section 3.3). A {@code MomentumTargetUpdater} lets a second
 * encoder follow the online one slowly, and asks it what the hidden patches mean. The update stands at the head of the step, with
 * that step's momentum, before the targets are computed, as in the published implementation.
 */
package org.latentmim.target;
