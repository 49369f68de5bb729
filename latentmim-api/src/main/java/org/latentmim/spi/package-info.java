/**
 * What a plugin can implement, and the words it shares with the framework. A {@link org.latentmim.spi.Plugin} is found by
 * {@link java.util.ServiceLoader} and lists {@link org.latentmim.spi.Component}s as plain data; a recipe names one, its other
 * keys become the component's configuration record, and the framework builds it through its {@code @Inject} constructor. The
 * interfaces follow the paper: a {@link org.latentmim.spi.MaskSampler} hides patches, a {@link org.latentmim.spi.TargetUpdater}
 * says what they mean, {@link org.latentmim.spi.Encoder} and {@link org.latentmim.spi.Decoder} predict it, and
 * {@link org.latentmim.spi.ReconstructionLoss}es compare. Nothing here needs Guice, YAML or a native library to compile.
 */
package org.latentmim.spi;
