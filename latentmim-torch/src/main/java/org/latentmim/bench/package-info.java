/**
 * Measuring. {@link org.latentmim.bench.StepBenchmark} times the train step and its phases, {@link
 * org.latentmim.bench.DataBenchmark} the images, {@link org.latentmim.bench.EvaluationBenchmark} features and evaluators, {@link
 * org.latentmim.bench.ScaleBenchmark} how a step grows; each gives {@link org.latentmim.bench.Measurement}s, which {@link
 * org.latentmim.bench.Comparison} puts beside earlier ones. {@link org.latentmim.bench.Flops} are counted from what torch
 * records for the gradient, so that no component has to say what it costs.
 */
package org.latentmim.bench;
