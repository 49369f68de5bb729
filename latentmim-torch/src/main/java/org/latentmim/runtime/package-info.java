/**
 * What stands under a run and is chosen once: natives and their BLAS, device, precision, threads, and where chance comes from.
 * {@link org.latentmim.runtime.Natives} sets what must be set before the first torch class loads, and loads it; {@link
 * org.latentmim.runtime.Compute} says where and how precisely to compute; {@link org.latentmim.runtime.Randomness} makes every
 * random choice a function of (seed, purpose, epoch, image). What is written goes to an {@link
 * org.latentmim.runtime.OutputFolder} by {@link org.latentmim.runtime.AtomicWrite}, whole or not at all. {@link
 * org.latentmim.runtime.UsageException} and {@link org.latentmim.runtime.FailureException} are the two ways to tell a person that
 * something is wrong.
 */
package org.latentmim.runtime;
