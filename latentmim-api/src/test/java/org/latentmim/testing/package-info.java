/**
 * What the author of a plugin extends to know that it keeps its promises: one abstract class for each SPI, with one method to
 * write, such as {@link org.latentmim.testing.MaskSamplerContract#sampler}, and {@link org.latentmim.testing.PluginContract}.
 * Needs JUnit, AssertJ and, where tensors are involved, the natives of torch on the test class path. Beside the contracts lie
 * recordings of the published implementation, {@link org.latentmim.testing.GoldenFiles}, which every module that repeats its
 * numbers is held against, and {@link org.latentmim.testing.Fuzzing}, which damages the files that an image set reads.
 */
package org.latentmim.testing;
