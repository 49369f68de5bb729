/**
 * Ablations: the recipes of a {@link org.latentmim.pipeline.Suite} are trained with several seeds each, every run in a folder of
 * its own, and compared. {@link org.latentmim.ablation.Ablation} runs them, and goes on where it was stopped or killed; {@link
 * org.latentmim.ablation.Comparison} is the table that it ends with, which is read from the folders alone.
 */
package org.latentmim.ablation;
