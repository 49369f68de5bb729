/**
 * Learning. {@link org.latentmim.train.TrainStep} is the method on one page, beside the paper; {@link
 * org.latentmim.train.TrainLoop} calls it, logs, evaluates and saves; {@code Optimization} turns gradients into steps by AdamW
 * along the {@link org.latentmim.train.LearningRate}; {@link org.latentmim.train.PatchReader} cuts and masks a batch with chance
 * drawn from (seed, epoch, image). {@code StepWatch} counts steps whose loss or gradient is not finite, and {@link
 * org.latentmim.train.Safekeeping} takes a training back to where it was good. Whoever shows a run to a person implements
 * {@link org.latentmim.train.RunListener}, whoever looks how it learns {@link org.latentmim.train.Examination}.
 */
package org.latentmim.train;
