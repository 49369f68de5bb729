/**
 * A plugin as someone outside the framework writes it: a {@link org.latentmim.spi.MaskSampler} with its configuration, a {@link
 * org.latentmim.spi.Plugin} that names it, and one line in {@code META-INF/services/org.latentmim.spi.Plugin}. Its test extends
 * the contract that the framework ships. A recipe uses it by name:
 *
 * <pre>masking: { name: stratified, cell: 3 }</pre>
 */
package org.latentmim.examples.stratified;
