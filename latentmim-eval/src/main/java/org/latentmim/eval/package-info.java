/**
 * What a representation knows, measured without changing it. {@link org.latentmim.eval.EvalPlugin} lists the evaluators by the
 * names that recipes use. Each asks a {@link org.latentmim.spi.Representation} for the features of labelled images and returns
 * {@link org.latentmim.spi.Score}s whose protocol says all that is needed to repeat them. An evaluator opens the {@code
 * PointerScope} of its own work and bounds the memory that it takes, whatever the number of images.
 */
package org.latentmim.eval;
