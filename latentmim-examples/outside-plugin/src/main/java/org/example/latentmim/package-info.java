/** A plugin: a mask sampler and a loss, listed in {@link org.example.latentmim.OutsidePlugin}. */
package org.example.latentmim;
